/** One line a check. */
export class Report {
  #passed = 0;
  #failed = 0;

  /** Passes when the check returns, fails with what it throws. */
  async check(name, check) {
    try {
      await check();
      this.#passed++;
      console.log(`passed: ${name}`);
    } catch (error) {
      this.fail(name, error);
    }
  }

  fail(name, error) {
    this.#failed++;
    console.log(`FAILED: ${name}: ${String(error?.message ?? error).replaceAll('\n', ' ').slice(0, 600)}`);
  }

  /** A group that breaks outside of a check is a failure as well. */
  async group(name, run) {
    try {
      await run();
    } catch (error) {
      this.fail(name, error);
    }
  }

  end() {
    console.log(`clients by others: ${this.#passed} passed, ${this.#failed} failed`);
    return this.#failed === 0 && this.#passed > 0 ? 0 : 1;
  }
}

export function expect(condition, message) {
  if (!condition) {
    throw new Error(message);
  }
}
