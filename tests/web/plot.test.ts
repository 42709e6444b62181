import { expect, test, vi } from "vitest";
import widget from "../../discriminator/web/src/plot";

const clicks: ((event: object) => void)[] = [];

vi.mock("../../discriminator/web/src/downloaders/plotly", () => ({
  Plot: {
    draw: async () => ({
      element: { on: (_: string, listener: (event: object) => void) => clicks.push(listener) },
      close() {},
    }),
  },
}));

vi.mock("../../discriminator/web/src/style", () => ({ addStyle() {} }));

test("a second click on the same point is told to Python too", async () => {
  const state: Record<string, unknown> = { figure: {}, height: 300, clicks: 0, picked: [] };
  const changed: Record<string, unknown> = {};
  const sent: object[] = [];
  const model = {
    get: (name: string) => state[name],
    // As Jupyter's model does it: what is set to an equal value is not sent.
    set(name: string, value: unknown) {
      if (JSON.stringify(state[name]) !== JSON.stringify(value)) changed[name] = value;
      state[name] = value;
    },
    save_changes() {
      sent.push({ ...changed });
      for (const name of Object.keys(changed)) delete changed[name];
    },
    on() {},
    off() {},
  };
  const el = document.createElement("div");
  const stop = await widget.render({ model: model as never, el });
  for (const click of [1, 2]) {
    clicks[0]?.({ points: [{ customdata: ["BR", 11] }] });
    expect(sent.at(-1)).toMatchObject({ clicks: click });
  }
  expect(sent[0]).toMatchObject({ picked: [["BR", 11]] });
  stop();
});
