// What the benches work on: a small definition, a usual one, and one at Meta's limits.

const body = (text, ...examples) => ({ type: "BODY", text, example: { body_text: [examples] } });

export const definitions = {
  small: {
    name: "hello",
    language: "en_US",
    category: "UTILITY",
    components: [{ type: "BODY", text: "Your order is on its way." }],
  },
  usual: {
    name: "spring_sale",
    language: "fr",
    category: "MARKETING",
    components: [
      { type: "HEADER", format: "TEXT", text: "Bonjour {{1}}", example: { header_text: ["Zoé"] } },
      body(
        "Le printemps est là 🌸 : *{{1}}* sur tout, jusqu’au {{2}} inclus. Dites {{3}} en caisse, merci.",
        "20 %",
        "31 mars",
        "FLEUR",
      ),
      { type: "FOOTER", text: "Répondez STOP pour ne plus rien recevoir" },
      {
        type: "BUTTONS",
        buttons: [
          { type: "URL", text: "Voir", url: "https://example.com/p/{{1}}", example: ["https://example.com/p/a"] },
          { type: "PHONE_NUMBER", text: "Appeler", phone_number: "+33123456789" },
          { type: "QUICK_REPLY", text: "Plus tard" },
        ],
      },
    ],
  },
  faulty: {
    name: "Spring Sale",
    language: "en_XX",
    category: "PROMO",
    components: [
      body("{{1}} and {{3}}, then {{4}}", "a"),
      { type: "FOOTER", text: `{{1}}${"long ".repeat(20)}` },
      {
        type: "BUTTONS",
        buttons: Array.from({ length: 12 }, (_, index) => ({
          type: "QUICK_REPLY",
          text: `Button 🙂 number ${index} that is too long`,
        })),
      },
    ],
  },
};

export const message = {
  to: "+33612345678",
  values: {
    "header.1": "Zoé",
    "body.1": "20 %",
    "body.2": "31 mars",
    "body.3": "FLEUR",
    "buttons.0": "tulipes?from=wa",
  },
};
