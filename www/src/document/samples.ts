/** Definitions to start from. */

export interface Sample {
  title: string;
  text: string;
}

function sample(title: string, definition: object): Sample {
  return { title, text: `${JSON.stringify(definition, null, 2)}\n` };
}

export const SAMPLES: readonly [Sample, ...Sample[]] = [
  sample("Order shipped", {
    name: "order_shipped",
    language: "en_US",
    category: "UTILITY",
    parameter_format: "POSITIONAL",
    components: [
      {
        type: "BODY",
        text: "Hi {{1}}, your order {{2}} left our warehouse this morning and is on its way to you.",
        example: { body_text: [["Ana", "A-1042"]] },
      },
      {
        type: "BUTTONS",
        buttons: [
          {
            type: "URL",
            text: "Track parcel",
            url: "https://shop.example/track/{{1}}",
            example: ["https://shop.example/track/A-1042"],
          },
          { type: "QUICK_REPLY", text: "Change delivery day" },
        ],
      },
    ],
  }),
  sample("Spring sale, with named variables", {
    name: "spring_sale",
    language: "en",
    category: "MARKETING",
    parameter_format: "NAMED",
    components: [
      { type: "HEADER", format: "TEXT", text: "Spring is here" },
      {
        type: "BODY",
        text: "Good news, {{first_name}}! Everything in *{{department}}* is cheaper until _Sunday evening_. 🌷",
        example: {
          body_text_named_params: [
            { param_name: "first_name", example: "Ana" },
            { param_name: "department", example: "garden chairs" },
          ],
        },
      },
      { type: "FOOTER", text: "Reply STOP to leave our list" },
      {
        type: "BUTTONS",
        buttons: [
          { type: "QUICK_REPLY", text: "Remind me Friday" },
          { type: "QUICK_REPLY", text: "Not interested" },
          { type: "URL", text: "See the offers", url: "https://shop.example/spring" },
          { type: "PHONE_NUMBER", text: "Call the shop", phone_number: "+15550100200" },
        ],
      },
    ],
  }),
  sample("Coupon", {
    name: "coupon_drop",
    language: "en_US",
    category: "MARKETING",
    parameter_format: "POSITIONAL",
    components: [
      { type: "HEADER", format: "TEXT", text: "A present for you" },
      {
        type: "BODY",
        text: "Thank you for a whole year with us, {{1}}. Copy the code below and save {{2}} on your next order.",
        example: { body_text: [["Ana", "15 %"]] },
      },
      { type: "BUTTONS", buttons: [{ type: "COPY_CODE", example: "THANKS15" }] },
    ],
  }),
  sample("A template that Meta would refuse", {
    name: "Summer-Offer",
    language: "en_US",
    category: "MARKETING",
    parameter_format: "POSITIONAL",
    components: [
      { type: "HEADER", format: "TEXT", text: "*Big news* for {{1}}" },
      { type: "BODY", text: "{{1}}, our summer offer ends on {{3}}" },
      {
        type: "BUTTONS",
        buttons: [
          { type: "URL", text: "See the\noffers", url: "https://shop.example/summer" },
          { type: "QUICK_REPLY", text: "Not now" },
          { type: "URL", text: "Opening hours", url: "https://shop.example/hours" },
          { type: "URL", text: "Directions", url: "https://shop.example/way" },
        ],
      },
    ],
  }),
  sample("Empty", { name: "", language: "en_US", category: "UTILITY", components: [{ type: "BODY", text: "" }] }),
];
