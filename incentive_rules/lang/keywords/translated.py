"""The names and phrases of the table's examples in Chinese, for the remedies of a Chinese document."""

from __future__ import annotations

import re

_CHINESE = {
    "10 days after the period": "周期结束后 10 日内",
    "7 working days": "7 个工作日",
    "a serious accident": "重大责任事故",
    "a veto": "一票否决",
    "agreed with the council": "已征求职工代表意见",
    "let pay follow service": "让报酬与服务挂钩",
    "not asked": "未调查",
    "promotion board": "晋升评审会",
    "three complaints": "三次投诉",
    "ticket system": "工单系统",
    "works council and HR": "工会和人力资源部",
    "Hours worked": "工时",
    "Service quality": "服务质量",
    "service-bonus": "服务奖金",
    "out of 10": "/ 10 分",
    "actual": "实际",
    "age": "年龄",
    "and": "且",
    "answered": "已回访",
    "known": "已知",
    "assignments": "项目分工",
    "attained": "完成率",
    "attendance": "出勤率",
    "band": "档次",
    "bonus": "奖金",
    "complaints": "投诉次数",
    "day": "天",
    "days_due": "应出勤天数",
    "days_worked": "出勤天数",
    "department": "部门",
    "engineer": "工号",
    "gender": "性别",
    "grade": "等级",
    "grades": "等级评定",
    "honors": "荣誉",
    "jobs": "工单数",
    "junior": "初级",
    "label": "名称",
    "loyalty": "客户忠诚度",
    "major_accident": "重大事故",
    "measures": "措施",
    "minimum_wage": "最低工资标准",
    "months_in_service": "在岗月数",
    "on_time": "按时完成数",
    "on_time_rate": "及时率",
    "order": "单号",
    "owed_after": "期末结转",
    "pay": "薪酬",
    "performance_pay": "绩效工资",
    "phone": "电话",
    "Phone": "电话",
    "post_wage": "岗位工资",
    "project": "项目",
    "rating": "评分",
    "project_value": "项目金额",
    "promotion": "晋升资格",
    "quality": "服务质量",
    "quarter": "季度",
    "quarter_total": "季度总分",
    "region": "地区",
    "response": "响应速度",
    "role_points": "角色分",
    "safety": "安全",
    "satisfaction": "满意度",
    "score": "得分",
    "senior": "高级",
    "service": "服务",
    "surveys": "回访",
    "target": "目标",
    "total": "总分",
    "training_by_grade": "等级培训天数",
    "typical": "典型",
    "workload_target": "目标工单数",
    "year": "年",
}
_LONGEST_FIRST = sorted(map(re.escape, _CHINESE), key=len, reverse=True)
_PHRASE = re.compile(f"(?<![A-Za-z_])(?:{'|'.join(_LONGEST_FIRST)})(?![A-Za-z_])")


def in_chinese(example: str) -> str:
    """An example with its names and phrases in Chinese.

    >>> in_chinese("days_worked / days_due")
    '出勤天数 / 应出勤天数'
    """
    return _PHRASE.sub(lambda found: _CHINESE[found.group()], example)
