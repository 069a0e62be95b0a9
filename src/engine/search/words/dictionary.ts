/** @file A small dictionary of what data sets are usually about, English and Chinese. */

import { stem } from "./stem";

/**
 * `concept > broader ones: English words | Chinese words`. A learnware of the concept is one of the broader ones too, not
 * the other way round. Words that are written apart have `_` between them.
 */
const CONCEPTS = `
house > building: house home dwelling residence flat apartment condo condominium villa bungalow cottage housing real_estate realty homeowner | 房屋 房子 住房 住宅 公寓 别墅 房产 房地产 不动产 二手房 商品房 新房 楼盘 楼房 房
building: building architecture construction | 建筑 建筑物 楼宇 大楼 施工
price > money: price cost costly worth valuation fetch expensive cheap how_much | 价格 价钱 售价 多少钱 成本 费用 价值 估价 定价 单价 总价 成交价 价
rent > money: rent rental lease tenant tenancy | 租金 房租 租赁 租房 出租
income > money: income wage salary earning earn earner pay paycheck payroll remuneration | 收入 工资 薪水 薪资 薪酬 年薪 月薪 挣钱 赚钱 待遇
money: money financial finance monetary | 金融 财务 财经 资金 钱
sale > business: sale sold sell selling seller turnover revenue | 销售 销量 销售额 营业额 营收 出售 卖出 成交 售卖
retail > sale shop: retail retailer merchandise | 零售 零售额 零售业
shop > business: shop store supermarket mall outlet shopping e_commerce | 商店 店铺 超市 门店 商场 商城 网店 电商
business: business commerce commercial company enterprise firm corporate trade | 商业 企业 公司 贸易 经营
food: food restaurant cafe catering meal dining cuisine grocery recipe | 食品 餐饮 餐馆 饭店 食物 餐厅 美食 菜谱
customer > person: customer client subscriber consumer buyer | 客户 顾客 用户 消费者 买家
churn: churn attrition leave leaving cancel cancellation retention | 流失 离网 退订 离开 流失率 留存
telecom: telecom telecommunication telephone phone mobile broadband | 电信 电话 通信 手机 宽带
bank > money: bank banking | 银行
banknote > money: banknote bank_note paper_money cash currency | 钞票 纸币 现金 货币
credit > money: credit loan mortgage debt borrower lending default_risk | 信贷 贷款 信用 信用卡 房贷 违约 借款 欠款
fraud: fraud forged forgery fake counterfeit forge scam genuine | 伪造 假币 假钞 欺诈 诈骗 作假 造假 真伪
insurance > money: insurance insurer premium | 保险 保费 理赔
stock > money: stock_market stock_price share_price equity securities stock_exchange | 股票 股价 股市 证券
person: person people individual human population | 人 人口 居民 个人 人群
census > person: census demographic | 普查 人口普查
job > person: job work worker occupation employment employee staff career profession hiring | 工作 职业 就业 员工 雇员 岗位 招聘 职位
student > education: student pupil learner | 学生 学员
education: education school university college grade_point exam course teacher schooling | 教育 学校 大学 成绩 考试 课程 学习 教学 分数
flight > transport: flight plane aircraft airline airport aviation air_travel fly | 航班 飞机 航空 机场 飞行
delay: delay delayed late lateness punctual on_time arrival | 延误 晚点 延迟 准点 误点 迟到 到达
transport: transport transportation traffic travel trip journey commute | 交通 运输 出行 旅行
car > transport: car automobile vehicle auto motor driving | 汽车 车辆 轿车 小车 二手车 驾驶
taxi > transport: taxi cab ride_hailing | 出租车 打车 网约车
bicycle > transport: bicycle bike cycling | 自行车 单车 骑行
train > transport: railway rail train_station metro subway | 铁路 火车 地铁 高铁
road > transport: road street highway congestion jam | 道路 公路 路况 拥堵 堵车
wine > drink: wine vinho vineyard | 葡萄酒 红酒 白酒 酒
drink > food: drink beverage beer alcohol coffee tea | 饮料 饮品 啤酒 酒精 咖啡 茶
quality: quality taste taster score rating grading | 质量 品质 口感 评分 等级 评级
chemistry: chemistry chemical laboratory | 化学 化验 实验室
flower > plant: flower blossom petal sepal iris | 花 花朵 花卉 鲜花 鸢尾花 鸢尾 花瓣
plant > nature: plant crop botany tree leaf | 植物 树木 树 叶子
wheat > plant grain: wheat | 小麦
grain > agriculture: grain cereal kernel seed corn maize rice | 粮食 谷物 种子 玉米 水稻 籽粒 麦粒
agriculture: agriculture farming farm agricultural harvest soil crop yield | 农业 农田 种植 作物 收成 土壤 农作物 产量
penguin > bird: penguin adelie gentoo chinstrap | 企鹅
bird > animal: bird | 鸟 鸟类
abalone > animal: abalone shellfish | 鲍鱼 贝类
fish > animal: fish | 鱼 鱼类
animal > nature: animal wildlife pet dog cat species | 动物 宠物 狗 猫 物种
nature: nature natural environment ecology wildlife | 自然 环境 生态
species: species variety breed kind_of | 品种 种类 物种 种
age: age old years_old how_old | 年龄 岁数 年纪 多大
patient > health person: patient hospital clinic inpatient | 病人 患者 医院 住院 门诊
disease > health: disease illness sick disorder syndrome | 疾病 病 患病 病症 生病
health: health medical medicine healthcare clinical doctor diagnosis diagnose diagnostic | 健康 医疗 医学 诊断 看病 医生 体检
diabetes > disease: diabetes diabetic insulin glucose blood_sugar | 糖尿病 血糖 胰岛素
heart > health: heart cardiac cardiology cardiovascular coronary | 心脏 心脏病 心血管 冠心病
tumour > disease: tumour tumor cancer malignant benign oncology carcinoma neoplasm | 肿瘤 癌症 癌 恶性 良性 肿块
breast > health: breast mammary mammogram | 乳腺 乳房
blood > health: blood hypertension cholesterol | 血液 血压 高血压 胆固醇
mortality: mortality death survival survive survivor | 死亡 存活 幸存 生存
concrete > material: concrete cement mortar | 混凝土 水泥
material > industry: material steel metal alloy | 材料 钢铁 金属 钢材
strength: strength compressive strong hardness | 强度 抗压 硬度
industry: industry industrial manufacturing factory machine production | 工业 制造 工厂 机器 生产 产业
failure: failure fault breakdown defect maintenance | 故障 缺陷 失效 维修 维护
energy: energy electricity power_consumption electric load solar fuel gas_consumption | 能源 电力 能耗 用电 电量 光伏 燃料 负荷
weather > nature: weather climate temperature rain rainfall humidity wind forecast_weather | 天气 气候 气温 温度 降雨 降水 湿度 风速
pollution > nature: pollution air_quality smog emission | 污染 空气质量 雾霾 排放
water: water river flood sea | 水 水质 河流 洪水 海
internet: internet web website online click advertising advert | 互联网 网络 网站 在线 点击 广告
computer: computer software hardware server network intrusion | 计算机 电脑 软件 硬件 入侵
spam: spam junk_mail phishing | 垃圾邮件 垃圾短信 钓鱼
image: image picture photo photograph photographed vision | 图像 图片 照片 影像 视觉
text: text document sentence language writing nlp | 文本 文档 文字 语言 句子
sentiment: sentiment opinion emotion mood | 情感 情绪 观点 舆情
review: review comment feedback | 评论 评价 点评
music > entertainment: music song audio | 音乐 歌曲 音频
film > entertainment: film movie cinema | 电影 影片
game > entertainment: game sport football match_result | 游戏 体育 足球 比赛
entertainment: entertainment leisure | 娱乐 休闲
fashion: fashion clothing clothes apparel shoe | 时尚 服装 衣服 鞋
politics: politics political election vote voter government | 政治 选举 投票 政府
crime: crime police theft | 犯罪 警察 盗窃
tourism > transport: tourism tourist hotel booking | 旅游 游客 酒店 预订 宾馆
month: month monthly | 月 每月 月度 月份
year: year annual yearly | 年 每年 年度 年份
classification: classification classify classifier category categories | 分类 类别
regression: regression | 回归
table: table tabular spreadsheet | 表格 表
seattle: seattle king_county | 西雅图
new_york: new_york nyc | 纽约
australia: australia australian | 澳大利亚 澳洲
america: america american us_dollar united_states usa | 美国 美元 美金
portugal: portugal portuguese | 葡萄牙
red: red | 红色 红
white: white | 白色 白`;

/** Words that stand for several concepts at once. */
const COMPOUNDS = `
房价 house price
房屋价格 house price
售价 price sale
二手房价 house price
票价 price
车价 car price
油价 energy price
电价 energy price
物价 price
红酒 red wine
红葡萄酒 red wine
白葡萄酒 white wine
心脏病 heart disease
冠心病 heart disease
乳腺癌 breast tumour
乳腺肿瘤 breast tumour
客户流失 customer churn
用户流失 customer churn
航班延误 flight delay
飞机晚点 flight delay
假币 banknote fraud
假钞 banknote fraud
酒店价格 tourism price
年收入 income
花的种类 flower species
house_price house price
home_price house price
heart_attack heart disease
heart_failure heart disease
breast_cancer breast tumour`;

/** Words that say nothing about what a learnware is for. */
const EMPTY_WORDS =
  "a an the of in on at to for from by with and or not no is are was were be been do does did have has had can could will would " +
  "shall should may might must i me my we us our you your he she it its they them their this that these those there here what " +
  "which who whom whose when where why how if then than as so too very just about into over per any some all each every more " +
  "most other such only own same up down out off again also let get got make made using use used want need find show give tell " +
  "tells know like please help me many much whether predict predicts predicting prediction predictor forecast forecasts " +
  "forecasting estimate estimates estimating model models learnware learnwares data dataset datasets trained train training " +
  "learnt learned learn based one two three";
const EMPTY_CHINESE =
  "的 了 是 在 有 和 与 及 或 个 一 我 你 他 她 它 我们 你们 这 那 这个 那个 吗 呢 吧 啊 要 想 找 用 能 会 对 把 给 为 从 到 将 被 " +
  "请 请问 帮 帮我 怎么 怎样 什么 多少 哪些 哪个 如何 可以 能否 是否 需要 想要 有没有 一个 一套 一些 关于 根据 进行 以及 其 之 " +
  "预测 预估 预报 估计 估算 判断 识别 模型 学件 数据 数据集 训练 属于 不 没有 吃 看 说";

/** Longest Chinese word, in characters. */
export const LONGEST_HAN = 6;
/** Most English words in one that is written apart. */
export const MOST_APART = 3;

interface Dictionary {
  /** What a word stands for; English by its stem, with blanks where it is written apart. */
  readonly concepts: ReadonlyMap<string, readonly string[]>;
  /** With all that a concept is one of, itself included. */
  readonly broader: ReadonlyMap<string, readonly string[]>;
  /** As written, in lower case. */
  readonly empty: ReadonlySet<string>;
}

let opened: Dictionary | null = null;

/** Made at its first use. */
export function dictionary(): Dictionary {
  return (opened ??= open());
}

function open(): Dictionary {
  const concepts = new Map<string, string[]>();
  const above = new Map<string, string[]>();
  const add = (word: string, concept: string) => {
    const key = keyOf(word);
    concepts.set(key, [...new Set([...(concepts.get(key) ?? []), concept])]);
  };
  for (const line of CONCEPTS.trim().split("\n")) {
    const [head = "", words = ""] = line.split(": ");
    const [concept = "", ...broader] = head.split(/ > | /);
    above.set(concept, broader);
    for (const word of words.split(/[ |]+/)) if (word !== "") add(word, concept);
  }
  for (const line of COMPOUNDS.trim().split("\n")) {
    const [word = "", ...parts] = line.split(" ");
    concepts.set(keyOf(word), parts);
  }
  const reach = (concept: string): string[] => [
    concept,
    ...(above.get(concept) ?? []).flatMap(reach),
  ];
  return {
    concepts,
    broader: new Map([...above.keys()].map((concept) => [concept, [...new Set(reach(concept))]])),
    empty: new Set(`${EMPTY_WORDS} ${EMPTY_CHINESE}`.split(" ")),
  };
}

function keyOf(word: string): string {
  return word.split("_").map(stem).join(" ");
}
