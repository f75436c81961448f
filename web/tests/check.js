// A small runner of tests: names are sentences, results go to the title and, as JSON, to the page.

const tests = [];

export const test = (name, run) => tests.push({ name, run });

export function equal(found, wanted) {
  const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (one !== other) throw new Error(`found ${one}, wanted ${other}`);
}

export function holds(condition, what) {
  if (!condition) throw new Error(what);
}

/** Runs all; gives {passed, failed: [{name, why}]}. */
export async function runAll() {
  const result = { passed: 0, failed: [] };
  for (const { name, run } of tests) {
    try {
      await run();
      result.passed += 1;
    } catch (error) {
      result.failed.push({ name, why: String(error?.stack ?? error) });
    }
  }
  return result;
}
