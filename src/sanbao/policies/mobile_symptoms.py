"""What people say of a telephone that fails: 口语中的故障.

Words of customers and clerks with the codes of the mobile law that they may mean, the likeliest
first. ``…`` stands between words that are said in either order, with little between them. They are
folded before they are compared (:mod:`sanbao.symptoms`), so that one spelling is enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["PHRASES"]

_ZH: Final[Mapping[str, str]] = {
    "screen_fault": """
        花屏 白屏 蓝屏 闪屏 屏闪 屏幕一闪一闪 屏幕不亮 屏幕没显示 屏幕不显示 显示不全 显示错乱
        显示异常 缺笔画 缺划 错字 乱码 屏幕有条纹 屏幕有横线 屏幕有竖线 彩线 屏幕有黑斑 屏幕漏液
        屏幕失灵不显示 屏幕坏 屏幕抖动 半边屏不亮 只亮半边 背光不亮
        """,
    "screen_fault unlisted": "绿屏 绿线 粉屏 紫屏 烧屏 残影 亮点 坏点 漏光 偏色 屏幕发黄 阴阳屏",
    "screen_fault cannot_start_or_connect": "黑屏 屏幕全黑",
    "cannot_start_or_connect": """
        开不了机 不能开机 不开机 打不开机 开机没反应 开不起来 启动不了 不能启动 卡在开机画面
        开机卡住 卡logo 没信号 没服务 没网络 搜不到网络 找不到网络 注册不上网络 登不上网 不能登网
        打不了电话 不能打电话 接不了电话 不能接电话 不能通话 通话中断 通话掉线 断线 变砖 成砖
        """,
    "cannot_start_or_connect dialling_error": "电话打不出去 拨不出去 打不出电话",
    "cannot_start_or_connect function_fails": "上不了网 不能上网 连不上网 没5g 没4g",
    "no_ring": """
        不响铃 不振铃 来电不响 没铃声 铃声不响 铃不响 来电不提醒 来电没提示 来电不震动 不震动
        来电话不响 铃声坏
        """,
    "no_ring sound_fault": "来电没声",
    "dialling_error": """
        拨号错误 拨号出错 拨错号 拨号不对 拨号乱 乱拨号 自动拨号 自己拨号 自动打电话 自己打电话
        拨出号码不对 号码串 拨号串号 拨号失灵
        """,
    "switches_off": """
        自动关机 自己关机 自行关机 老关机 总关机 频繁关机 没故关机 无缘无故关机 开机就关机
        有电就关机 一冷就关机 掉电关机 自动重启 自己重启 反复重启 不停重启 频繁重启 老重启
        循环重启 无限重启 开机重启 自动断电
        """,
    "sim_contact": """
        sim卡…读不出 sim卡…不读 sim卡…读不到 sim卡…不识别 sim卡…识别不 sim卡…认不
        sim卡…找不到 sim卡接触不良 sim卡松 请插入sim卡 没sim卡 不读卡 读不出卡 读不了卡 不识卡
        不认卡 识别不到卡 掉卡 没插卡 卡槽坏 卡槽松 卡槽接触不良 手机卡…读不
        """,
    "keys_fail": """
        按键失灵 按键失效 按键不灵 按键没反应 按键卡住 按键按不动 按键弹不起来 键盘失灵 键盘没反应
        音量键…没反应 音量键失灵 电源键…没反应 电源键失灵 开机键失灵 侧键失灵 返回键失灵
        home键失灵 按不动
        """,
    "keys_fail function_fails": """
        触摸失灵 触摸不灵 触摸没反应 触屏失灵 触屏没反应 屏幕点不动 屏幕没反应 断触 跳屏 鬼触
        屏幕乱跳 触控失灵
        """,
    "sound_fault": """
        没声 听筒没声 听筒声小 听不到对方 对方听不到 听不到说话 听不清 单通 送话不良 话筒坏
        话筒没声 麦克风坏 麦克风没声 麦克风失灵 喇叭没声 喇叭坏 喇叭破音 扬声器没声 扬声器坏
        外放没声 杂音 电流声 破音 沙沙响 声…小 音量小 声时大时小 声断断续续 声沙哑
        """,
    "housing_crack": """
        外壳裂 壳裂 机壳裂 壳体裂 壳子裂 后壳裂 后盖裂 外壳有裂缝 边框裂 中框裂 机身开裂 外壳断裂
        """,
    "housing_crack battery_fault": "后盖…翘 后盖鼓 后盖拱 后壳鼓",
    "housing_crack function_fails": "转轴断 转轴坏 铰链坏",
    "function_fails": """
        不能拍照 拍不了照 相机打不开 相机坏 摄像头坏 摄像头打不开 摄像头模糊 对不上焦 闪光灯不亮
        手电筒不亮 指纹失灵 指纹不灵 指纹识别不 指纹解锁失灵 人脸识别不 面容识别不 蓝牙连不上
        蓝牙打不开 蓝牙…断开 wifi连不上 wifi打不开 wifi…断开 搜不到wifi 定位不准 定位不了
        gps没信号 nfc…不 刷不了公交卡 收音机…不 重力感应失灵 死机 卡死 闪退 系统崩溃 短信发不出
        收不到短信 闹钟不响 录不了音 不能录音 存不了号码 耳机孔坏 耳机孔没反应 连不上电脑
        无线充电…不 不能快充 快充没
        """,
    "function_fails unlisted": "卡顿 反应慢 运行慢",
    "battery_fault": """
        电池不耐用 不经用 掉电快 耗电快 电量掉得快 用电快 待机短 待机时间短 电池鼓包 鼓包 电池膨胀
        电池发鼓 存不住电 不存电 电池坏 电池漏液 电池老化 电池衰减 充满就没电 充不满 电量跳
        电池不行 电池没电快
        """,
    "charger_fault": """
        充电器坏 充电器不工作 充电器…没反应 充电器不亮 充电器…充不 充电器发烫 充电器冒烟
        充电头坏 充电头没反应 充电线坏 充电线断 数据线…充不 充电器接触不良
        """,
    "charger_fault battery_fault function_fails": """
        充不进电 充不了电 充不上电 不充电 不能充电 充电没反应 充电断断续续 充电慢 充电口坏
        充电口松 充电接触不良
        """,
    "earphone_fault": """
        耳机没声 耳机…没声 耳机坏 耳机有杂音 耳机线断 耳机听不到 耳机接触不良 耳机不能通话
        耳机…不响 耳机失灵 耳塞坏 耳塞没声
        """,
    "terminal_card_fault": """
        终端卡坏 终端卡不能用 终端卡用不了 终端卡不工作 终端卡没反应 终端卡失效 终端卡…不识别
        终端卡连不上
        """,
    "data_card_fault": """
        数据卡坏 数据卡不能用 数据卡用不了 数据卡不工作 数据卡没反应 数据卡…不识别 数据卡连不上
        数据卡掉线 上网卡坏 上网卡用不了 上网卡…不识别 上网卡连不上
        """,
    "unlisted": """
        发烫 发热 过热 烫手 脱胶 缝隙大 进灰 信号差 信号弱 信号不好 有异味 异响 屏幕碎 碎屏 屏幕裂
        冒烟 自燃
        """,
    "wear": "磨损 掉漆 划痕 刮花 划伤 刮痕 褪色 掉色 变色 外观旧 磨花 磕碰痕",
    "none": """
        没问题 没毛病 没故障 一切正常 好好的 不想要 不喜欢 买贵 买错 后悔 颜色不喜欢 用不惯 不合适
        """,
}

_EN: Final[Mapping[str, str]] = {
    "screen_fault": """
        blank screen; white screen; screen…flicker; lines on the screen; nothing on the screen;
        display not working; display dead; screen stays dark; missing pixels
        """,
    "screen_fault unlisted": """
        green screen; green line; burn-in; dead pixel; light bleed; pink line
        """,
    "screen_fault cannot_start_or_connect": "black screen; screen is black; screen goes black",
    "cannot_start_or_connect": """
        won't turn on; doesn't turn on; does not turn on; won't start; does not start; won't boot;
        stuck on logo; no signal; no service; no network; cannot make calls; can't make calls;
        calls drop; call drops; bricked
        """,
    "no_ring": "doesn't ring; does not ring; won't ring; no ringtone; no ring; doesn't vibrate",
    "dialling_error": """
        dials wrong; wrong number dialled; wrong number dialed; calls by itself; dials by itself;
        pocket dials
        """,
    "switches_off": """
        turns itself off; turns off by itself; switches itself off; shuts down; shuts off;
        keeps restarting; keeps rebooting; random reboot; restarts itself; boot loop
        """,
    "sim_contact": """
        no sim; sim not detected; sim card not detected; sim not recognised; sim not recognized;
        cannot read sim; can't read sim; insert sim; invalid sim; loses the sim
        """,
    "keys_fail": """
        buttons don't work; button stuck; button not working; keys don't work; keypad dead
        """,
    "keys_fail function_fails": """
        touch screen not responding; touchscreen not working; touch not working; ghost touch;
        screen not responding
        """,
    "sound_fault": """
        no sound; no audio; can't hear; cannot hear; they can't hear me; microphone not working;
        mic not working; speaker not working; earpiece dead; crackling; distorted sound;
        low volume
        """,
    "housing_crack": """
        case cracked; cracked case; back cover cracked; cracked housing; frame cracked
        """,
    "function_fails": """
        camera not working; camera won't open; fingerprint not working; wifi not working;
        can't connect to wifi; bluetooth not working; gps not working; flashlight not working;
        freezes; keeps crashing; app crashes; nfc not working
        """,
    "function_fails unlisted": "very slow; laggy",
    "battery_fault": """
        battery drains; drains fast; battery swollen; swollen battery; battery bulging;
        battery dies; won't hold a charge; battery life short
        """,
    "charger_fault": "charger broken; charger not working; charger dead; charger gets hot",
    "charger_fault battery_fault function_fails": """
        won't charge; doesn't charge; does not charge; not charging; cannot charge; charges slowly
        """,
    "earphone_fault": """
        earphones no sound; earphone not working; headphones no sound; headset not working;
        one earphone dead
        """,
    "unlisted": """
        overheats; overheating; gets hot; too hot; weak signal; smells burnt; screen smashed
        """,
    "wear": "scratches; scratched; paint peeling; worn; faded",
    "none": "works fine; no fault; nothing wrong; changed my mind; don't like it; don't want it",
}


def _phrases(of: Mapping[str, str], mark: str | None) -> dict[str, tuple[str, ...]]:
    return {
        " ".join(phrase.split()): tuple(codes.split())
        for codes, phrases in of.items()
        for phrase in phrases.split(mark)
    }


PHRASES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "zh": _phrases(_ZH, None),
    "en": _phrases(_EN, ";"),
}
"""By language each phrase, with the codes of ``fault.symptom`` that it may mean."""
