"""What is too easy to guess for a password here: phone numbers, birthdays, names in pinyin, lucky numbers.

Besides Django's own validators; it knows the twenty thousand most common passwords, few of them from China.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

DIGITS = re.compile(r"\d+")
MOBILE = re.compile(r"1[3-9]\d{9}")
DAY = re.compile(r"(?:19|20)?\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
# Words that many people here take, alone or with a number before or behind.
WORDS_TAKEN = """
a aa aaa ab abc abcd abcde asd asdf asdfg qaz qazwsx qwe qwer qwert qwerty wsx zxc zxcv zxcvb zxcvbn q w x y z p
admin administrator guest linli login pass passw password passwd root test user wechat weixin qq iloveyou welcome
aini aiwo anquan baba baobao baobei beijing caonima chenggong chongqing daohao dangyuan facai fuqi gongzuo guangzhou
haoren haoyun hehe jiankang jiayou jiedao juweihui kaixin kuaile laogong laopo laoshi linju liuliu longnian mama
meimei mima nihao nimen ninhao pengyou pingan shanghai shenzhen shequ shouji shuji taiyang tiancai tianshi wangge wo
woaini woaiwojia woaizhongguo women woshi wodemima wuhan xiaobao xiaoqu xingfu xinmima xinnian xinxiang yeye yonghu
yuanfen zhangsan zhongguo zhuren zhiyuan zhiyuanzhe lisi wangwu wangfang zhangwei wangwei lina liwei zhangmin chen
chenchen huang li liu wang wu yang zhang zhao zhou
"""
WORDS = frozenset(WORDS_TAKEN.split())
# Numbers that people like: alone or with one of the words they guard nothing.
NUMBERS_LIKED = """
1 2 3 6 8 9 11 12 66 88 99 110 111 114 119 120 123 131 211 233 321 456 520 521 555 666 678 789 888 963 985 999 1111
1212 1234 1314 1688 2580 3344 4321 5201 5211 5566 5678 6666 7758 7788 8888 9527 9999 12345 123456 654321 111111
112233 123123 123321 147258 147852 159357 159753 168168 520520 521521 666666 888888 1234567 5201314 5211314 7758258
7758521 12345678 66668888 88888888 123456789 987654321 1234567890 0 00 000 0000 000000 147258369 1314520 13145200
1314521
"""
LUCKY = frozenset(NUMBERS_LIKED.split())
MOST_LETTERS_BESIDE_A_PHONE = 4


def is_guessable(password: str) -> bool:
    """Whether somebody who knows the person, or the habits of people here, would try it soon."""
    plain = unicodedata.normalize("NFKC", password).casefold()
    letters = "".join(sign for sign in plain if sign.isalpha())
    digits = "".join(sign for sign in plain if sign.isdecimal())
    if MOBILE.search(plain) and len(letters) <= MOST_LETTERS_BESIDE_A_PHONE:
        return True
    if letters and letters not in WORDS:
        return False
    return not digits or _is_known_number(digits) or len(set(plain)) <= 2


def _is_known_number(digits: str) -> bool:
    year = len(digits) == 4 and digits[:2] in ("19", "20")
    return digits in LUCKY or year or bool(DAY.fullmatch(digits)) or bool(MOBILE.fullmatch(digits))


class NeighbourhoodPasswordValidator:
    """For AUTH_PASSWORD_VALIDATORS."""

    def validate(self, password: str, user=None) -> None:
        """Raises ValidationError for digits alone and for what is guessed soon."""
        if DIGITS.fullmatch(unicodedata.normalize("NFKC", password)):
            raise ValidationError(
                _("Only digits: a phone number or a birthday is guessed soon. Put some letters or Chinese words in."),
                code="password_only_digits",
            )
        if is_guessable(password):
            raise ValidationError(
                _("Many people take this one, so it is guessed soon. Take three or four words that belong to nobody."),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        return _("No phone number, no birthday, no name in pinyin.")
