/** The templates that every fresh sandbox has, as GET prints them: at least one of each imitated kind. */

export const SEEDS: readonly object[] = [
  {
    id: "1689556908128001",
    name: "order_shipped",
    language: "en_US",
    status: "APPROVED",
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
  },
  {
    id: "1689556908128002",
    name: "order_shipped",
    language: "de",
    status: "APPROVED",
    category: "UTILITY",
    parameter_format: "POSITIONAL",
    components: [
      {
        type: "BODY",
        text: "Guten Tag {{1}}, Ihre Bestellung {{2}} hat heute früh unser Lager verlassen und ist zu Ihnen unterwegs.",
        example: { body_text: [["Jörg", "A-1042"]] },
      },
      {
        type: "BUTTONS",
        buttons: [
          {
            type: "URL",
            text: "Paket verfolgen",
            url: "https://shop.example/track/{{1}}",
            example: ["https://shop.example/track/A-1042"],
          },
          { type: "QUICK_REPLY", text: "Liefertag ändern" },
        ],
      },
    ],
  },
  {
    id: "1689556908128003",
    name: "spring_sale",
    language: "en",
    status: "APPROVED",
    category: "MARKETING",
    parameter_format: "NAMED",
    components: [
      { type: "HEADER", format: "IMAGE", example: { header_handle: ["https://scontent.example/spring.jpg"] } },
      {
        type: "BODY",
        text: "Spring is here, {{first_name}}! 🌷 Everything in *{{department}}* is cheaper until Sunday evening.",
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
  },
  {
    id: "1689556908128004",
    name: "coupon_drop",
    language: "en_US",
    status: "APPROVED",
    category: "MARKETING",
    parameter_format: "POSITIONAL",
    components: [
      { type: "HEADER", format: "TEXT", text: "A present for you" },
      {
        type: "BODY",
        text: "Thank you for a whole year with us, {{1}}. Copy the code below and save {{2}} on your next order.",
        example: { body_text: [["Ana", "15 %"]] },
      },
      { type: "BUTTONS", buttons: [{ type: "COPY_CODE", text: "Copy offer code", example: ["THANKS15"] }] },
    ],
  },
  {
    id: "1689556908128005",
    name: "hello_static",
    language: "en_US",
    status: "APPROVED",
    category: "UTILITY",
    parameter_format: "POSITIONAL",
    components: [{ type: "BODY", text: "Hello! Your account is ready, and nothing more is needed from you today." }],
  },
  {
    id: "1689556908128006",
    name: "header_text_named",
    language: "en_GB",
    status: "APPROVED",
    category: "UTILITY",
    parameter_format: "NAMED",
    components: [
      {
        type: "HEADER",
        format: "TEXT",
        text: "Your visit on {{weekday}}",
        example: { header_text_named_params: [{ param_name: "weekday", example: "Tuesday" }] },
      },
      {
        type: "BODY",
        text: "Dear {{guest}}, we look forward to seeing you at {{hour}} at our practice in Mill Lane.",
        example: {
          body_text_named_params: [
            { param_name: "guest", example: "Ms Okafor" },
            { param_name: "hour", example: "half past ten" },
          ],
        },
      },
      { type: "BUTTONS", buttons: [{ type: "QUICK_REPLY", text: "I cannot come" }] },
    ],
  },
  {
    id: "1689556908128007",
    name: "invoice_ready",
    language: "fr",
    status: "APPROVED",
    category: "UTILITY",
    parameter_format: "POSITIONAL",
    components: [
      { type: "HEADER", format: "DOCUMENT", example: { header_handle: ["https://scontent.example/facture.pdf"] } },
      {
        type: "BODY",
        text: "Bonjour {{1}}, votre facture du mois de {{2}} est jointe à ce message. Merci de votre confiance.",
        example: { body_text: [["Gaëlle", "février"]] },
      },
    ],
  },
  {
    id: "1689556908128008",
    name: "winter_sale_paused",
    language: "en",
    status: "PAUSED",
    category: "MARKETING",
    parameter_format: "POSITIONAL",
    components: [
      {
        type: "BODY",
        text: "Hello {{1}}, the winter sale has started and your favourites are waiting in the shop.",
        example: { body_text: [["Ana"]] },
      },
    ],
  },
  {
    id: "1689556908128009",
    name: "old_newsletter_disabled",
    language: "en",
    status: "DISABLED",
    category: "MARKETING",
    parameter_format: "POSITIONAL",
    components: [{ type: "BODY", text: "Our newsletter is out with all that happened in the garden this month." }],
  },
];
