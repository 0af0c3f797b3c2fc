/** A rule's name. */
export type RuleCode = string;
/** A limit's name. */
export type LimitName = string;
