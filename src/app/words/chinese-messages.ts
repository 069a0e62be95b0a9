import type { ErrorDetails } from "../../engine/ground/errors";
import type { EarlyMessages } from "../messages";

/** Failures in simplified Chinese that may come before anything was begun, or that keep words from coming. */
export const chineseMessages: EarlyMessages = {
  aborted: null,
  bad_answer: () => ({
    what: "服务器发来的内容无法使用。",
    why: "它的回答不符合约定的格式，或者长得离谱。您的数据没有问题。",
    todo: "请稍后重试；如果一直如此，请告诉服务器的管理者。",
  }),
  dock_busy: (d) => ({
    what: "服务器太忙。",
    why: "它回答说暂时不能接受更多请求。",
    todo: `请在 ${given(d, "seconds", "几")} 秒后重试。您的数据和选择都还在。`,
  }),
  dock_failed: () => ({
    what: "服务器出了故障。",
    why: "它回答说自身出了问题。您的数据没有问题。",
    todo: "请稍后重试；如果一直如此，请告诉服务器的管理者。",
  }),
  internal: () => ({
    what: "Berth 自身出了问题。",
    why: "这是我们的错误，不是您的数据的问题。",
    todo: "请重试。如果一直如此，请重新加载页面；您的文件不受影响。",
  }),
  network_failed: () => ({
    what: "无法连接服务器。",
    why: "连接失败或中断。",
    todo: "请检查网络后重试。您的数据和选择都还在。",
  }),
  not_found: () => ({
    what: "请求的内容已不存在。",
    why: "服务器可能已将它移除，或您的文件在选择之后被移动或修改。",
    todo: "请重试。如果是文件的问题，请重新选择文件；否则请选择另一个模型。",
  }),
  out_of_memory: () => ({
    what: "浏览器内存不足。",
    why: "表格或模型超出了这个标签页能容纳的大小。",
    todo: "请关闭其他标签页后重试，或减少行数或列数。",
  }),
  timed_out: (d) => ({
    what: "等待时间过长，Berth 已停止等待。",
    why:
      d["who"] === "dock"
        ? "服务器有一段时间什么也没有发来，或者发来的太少，不值得继续等待。"
        : "这台电脑正忙。",
    todo: "请稍后重试。",
  }),
  worker_died: () => ({
    what: "Berth 在后台工作的一个部分停止了。",
    why: "浏览器结束了它，可能是因为内存不足。",
    todo: "请重试。如果再次停止，请关闭其他标签页，或减少行数。",
  }),
};

function given(details: ErrorDetails, name: string, otherwise: string): string {
  return String(details[name] ?? otherwise);
}
