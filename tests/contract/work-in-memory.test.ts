import { workInMemory } from "../fixtures/work-in-memory";
import { workStoreContract } from "./work-store.suite";

workStoreContract("the memory of the tests", () => {
  const store = workInMemory();
  return () => store;
});
