"""The columns of the source, by what they hold."""

AUTHORITY_CODE = (
    "都道府県コード又は市区町村コード"  # of who designated the office, not of where it is
)
NO = "NO（※システム内の固有の番号、連番）"
AUTHORITY = "指定機関名"
COMPANY, COMPANY_KANA = "法人の名称", "法人の名称_かな"
CORPORATE_NUMBER = "法人番号"
COMPANY_CITY, COMPANY_STREET = "法人住所（市区町村）", "法人住所（番地以降）"
COMPANY_URL = "法人URL"
KIND = "サービス種別"
NAME, NAME_KANA = "事業所の名称", "事業所の名称_かな"
OFFICE_NUMBER = "事業所番号"
CITY, STREET = "事業所住所（市区町村）", "事業所住所（番地以降）"
PHONE, FAX = "事業所電話番号", "事業所FAX番号"
URL = "事業所URL"
LATITUDE, LONGITUDE = "事業所緯度", "事業所経度"
WEEKDAYS, SATURDAY = "利用可能な時間帯（平日）", "利用可能な時間帯（土曜）"
SUNDAY, HOLIDAY = "利用可能な時間帯（日曜）", "利用可能な時間帯（祝日）"
CLOSED = "定休日"
REMARKS = "利用可能曜日特記事項（留意事項）"
CAPACITY = "定員"

NEEDED = (
    AUTHORITY_CODE, NO, AUTHORITY, COMPANY, COMPANY_KANA, CORPORATE_NUMBER, COMPANY_CITY, COMPANY_STREET,
    COMPANY_URL, KIND, NAME, NAME_KANA, OFFICE_NUMBER, CITY, STREET, PHONE, FAX, URL, LATITUDE, LONGITUDE,
    WEEKDAYS, SATURDAY, SUNDAY, HOLIDAY, CLOSED, REMARKS, CAPACITY,
)  # fmt: skip
