/**
 * @file Keeps zod from trying `eval`, which the policies of page and workers forbid: browsers report
 * even a try. Says it where zod looks for its settings, without loading zod, so that a thread can say
 * it before any schema is made; that zod still looks there is tested in every browser.
 */

Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
