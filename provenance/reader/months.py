"""Names of months and weekdays in forty languages, in every form in which dates print them (CLDR, and common abbreviations)."""

from __future__ import annotations

import unicodedata
from functools import cache

_MONTHS = {
    "en": "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep|october oct|november nov"
    "|december dec",
    "de": "januar jänner jan jän|februar feber feb|märz mrz mär|april apr|mai|juni jun|juli jul|august aug|september sept sep|oktober okt"
    "|november nov|dezember dez",
    "fr": "janvier janv jan|février fevrier févr fév|mars|avril avr|mai|juin|juillet juil|août aout|septembre sept|octobre oct"
    "|novembre nov|décembre decembre déc",
    "es": "enero ene|febrero feb|marzo mar|abril abr|mayo may|junio jun|julio jul|agosto ago|septiembre setiembre sept sep set|octubre oct"
    "|noviembre nov|diciembre dic",
    "pt": "janeiro jan|fevereiro fev|março mar|abril abr|maio mai|junho jun|julho jul|agosto ago|setembro set|outubro out|novembro nov"
    "|dezembro dez",
    "it": "gennaio gen|febbraio feb|marzo mar|aprile apr|maggio mag|giugno giu|luglio lug|agosto ago|settembre set sett|ottobre ott"
    "|novembre nov|dicembre dic",
    "nl": "januari jan|februari feb|maart mrt|april apr|mei|juni jun|juli jul|augustus aug|september sep|oktober okt|november nov"
    "|december dec",
    "ca": "gener gen|febrer febr|març|abril abr|maig|juny|juliol jul|agost ag|setembre set|octubre oct|novembre nov|desembre des",
    "ru": "января январь янв|февраля февраль фев февр|марта март мар|апреля апрель апр|мая май|июня июнь июн|июля июль июл"
    "|августа август авг|сентября сентябрь сен сент|октября октябрь окт|ноября ноябрь ноя нояб|декабря декабрь дек",
    "uk": "січня січень січ|лютого лютий лют|березня березень бер|квітня квітень квіт|травня травень трав|червня червень черв"
    "|липня липень лип|серпня серпень серп|вересня вересень вер|жовтня жовтень жовт|листопада листопад лист|грудня грудень груд",
    "be": "студзеня студзень|лютага люты|сакавіка сакавік|красавіка красавік|мая май траўня травень|чэрвеня чэрвень|ліпеня ліпень"
    "|жніўня жнівень|верасня верасень|кастрычніка кастрычнік|лістапада лістапад|снежня снежань",
    "pl": "stycznia styczeń sty|lutego luty lut|marca marzec|kwietnia kwiecień kwi|maja maj|czerwca czerwiec cze|lipca lipiec lip"
    "|sierpnia sierpień sie|września wrzesień wrz|października październik paź|listopad lis|grudnia grudzień gru",
    "cs": "ledna leden|února únor|března březen|dubna duben|května květen|června červen|července červenec|srpna srpen|září"
    "|října říjen|listopadu|prosince prosinec",
    "sk": "januára január|februára február|marca marec|apríla apríl|mája máj|júna jún|júla júl|augusta august|septembra september"
    "|októbra október|novembra november|decembra december",
    "hu": "január jan|február febr|március márc|április ápr|május máj|június jún|július júl|augusztus aug|szeptember szept"
    "|október okt|november nov|december dec",
    "ro": "ianuarie ian|februarie febr|martie|aprilie apr|mai|iunie iun|iulie iul|august aug|septembrie sept|octombrie oct"
    "|noiembrie noi nov|decembrie dec",
    "bg": "януари|февруари|март|април|май|юни|юли|август|септември|октомври|ноември|декември",
    "sr": "јануар јануара januar januara|фебруар фебруара februar februara|март марта mart marta|април априла april aprila|мај маја maj maja"
    "|јун јуна jun juna|јул јула jul jula|август августа avgust avgusta|септембар септембра septembar septembra"
    "|октобар октобра oktobar oktobra|новембар новембра novembar novembra|децембар децембра decembar decembra",
    "mk": "јануари|февруари|март|април|мај|јуни|јули|август|септември|октомври|ноември|декември",
    "hr": "siječnja siječanj|veljače veljača|ožujka ožujak|travnja travanj|svibnja svibanj|lipnja lipanj|srpnja srpanj|kolovoza kolovoz"
    "|rujna rujan||studenoga studenog studeni|prosinca prosinac",
    "sl": "januarja januar|februarja februar|marca marec|aprila april|maja maj|junija junij|julija julij|avgusta avgust|septembra september"
    "|oktobra oktober|novembra november|decembra december",
    "el": "ιανουαρίου ιανουάριος ιαν|φεβρουαρίου φεβρουάριος φεβ|μαρτίου μάρτιος μαρ|απριλίου απρίλιος απρ|μαΐου μάιος μαϊ"
    "|ιουνίου ιούνιος ιουν|ιουλίου ιούλιος ιουλ|αυγούστου αύγουστος αυγ|σεπτεμβρίου σεπτέμβριος σεπ|οκτωβρίου οκτώβριος οκτ"
    "|νοεμβρίου νοέμβριος νοε|δεκεμβρίου δεκέμβριος δεκ",
    "tr": "ocak oca|şubat şub|mart|nisan nis|mayıs may|haziran haz|temmuz tem|ağustos ağu|eylül eyl|ekim eki|kasım kas|aralık ara",
    "az": "yanvar|fevral|mart|aprel|may|iyun|iyul|avqust|sentyabr|oktyabr|noyabr|dekabr",
    "sv": "januari jan|februari feb|mars|april apr|maj|juni|juli|augusti aug|september sep sept|oktober okt|november nov|december dec",
    "da": "januar jan|februar feb|marts|april apr|maj|juni jun|juli jul|august aug|september sep sept|oktober okt|november nov|december dec",
    "nb": "januar jan|februar feb|mars|april apr|mai|juni jun|juli jul|august aug|september sep sept|oktober okt|november nov|desember des",
    "fi": "tammikuuta tammikuu|helmikuuta helmikuu|maaliskuuta maaliskuu|huhtikuuta huhtikuu|toukokuuta toukokuu|kesäkuuta kesäkuu"
    "|heinäkuuta heinäkuu|elokuuta elokuu|syyskuuta syyskuu|lokakuuta lokakuu|marraskuuta marraskuu|joulukuuta joulukuu",
    "is": "janúar|febrúar|mars|apríl|maí|júní|júlí|ágúst|september|október|nóvember|desember",
    "et": "jaanuar jaanuaril|veebruar veebruaril|märts märtsil|aprill aprillil|mai mail|juuni juunil|juuli juulil|august augustil"
    "|september septembril|oktoober oktoobril|november novembril|detsember detsembril",
    "lv": "janvāris janvārī|februāris februārī|marts martā|aprīlis aprīlī|maijs maijā|jūnijs jūnijā|jūlijs jūlijā|augusts augustā"
    "|septembris septembrī|oktobris oktobrī|novembris novembrī|decembris decembrī",
    "lt": "sausio sausis|vasario vasaris|kovo kovas|balandžio balandis|gegužės gegužė|birželio birželis|liepos liepa"
    "|rugpjūčio rugpjūtis|rugsėjo rugsėjis|spalio spalis|lapkričio lapkritis|gruodžio gruodis",
    "sq": "janar|shkurt|mars|prill|maj|qershor|korrik|gusht|shtator|tetor|nëntor|dhjetor",
    "ar": "يناير كانون_الثاني جانفي|فبراير شباط فيفري|مارس آذار أذار|أبريل ابريل إبريل نيسان أفريل|مايو أيار ماي|يونيو حزيران جوان يونيه"
    "|يوليو تموز جويلية يوليه|أغسطس اغسطس آب أوت غشت|سبتمبر أيلول شتنبر|أكتوبر اكتوبر تشرين_الأول تشرين_الاول|نوفمبر تشرين_الثاني نونبر"
    "|ديسمبر كانون_الأول كانون_الاول دجنبر",
    "fa": "ژانویه|فوریه|مارس|آوریل|مه می|ژوئن|ژوئیه ژوییه جولای|اوت آگوست|سپتامبر|اکتبر|نوامبر|دسامبر",
    "ur": "جنوری|فروری|مارچ|اپریل|مئی|جون|جولائی|اگست|ستمبر|اکتوبر|نومبر|دسمبر",
    "he": "ינואר|פברואר|מרץ מרס|אפריל|מאי|יוני|יולי|אוגוסט|ספטמבר|אוקטובר|נובמבר|דצמבר",
    "hi": "जनवरी|फ़रवरी फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर सितम्बर|अक्टूबर अक्तूबर|नवंबर नवम्बर|दिसंबर दिसम्बर",
    "bn": "জানুয়ারি জানুয়ারী|ফেব্রুয়ারি ফেব্রুয়ারী|মার্চ|এপ্রিল|মে|জুন|জুলাই|আগস্ট|সেপ্টেম্বর|অক্টোবর|নভেম্বর|ডিসেম্বর",
    "id": "januari jan|februari feb|maret mar|april apr|mei|juni jun|juli jul|agustus agu|september sep|oktober okt|november nov"
    "|desember des",
    "ms": "januari|februari|mac|april|mei|jun|julai|ogos|september|oktober|november|disember",
    "sw": "januari|februari|machi|aprili|mei|juni|julai|agosti|septemba|oktoba|novemba|desemba",
    "hy": "հունվարի|փետրվարի|մարտի|ապրիլի|մայիսի|հունիսի|հուլիսի|օգոստոսի|սեպտեմբերի|հոկտեմբերի|նոյեմբերի|դեկտեմբերի",
    "ka": "იანვარი|თებერვალი|მარტი|აპრილი|მაისი|ივნისი|ივლისი|აგვისტო|სექტემბერი|ოქტომბერი|ნოემბერი|დეკემბერი",
}
"""By language, January to December; the forms of one month are divided by spaces, `_` stands for a space in a name."""

_WEEKDAYS = {
    "en": "monday mon|tuesday tues tue|wednesday wed|thursday thurs thur thu|friday fri|saturday sat|sunday sun",
    "de": "montag|dienstag|mittwoch|donnerstag|freitag|samstag sonnabend|sonntag",
    "fr": "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
    "es": "lunes|martes|miércoles|jueves|viernes|sábado|domingo",
    "pt": "segunda-feira segunda|terça-feira terça|quarta-feira quarta|quinta-feira quinta|sexta-feira sexta|sábado|domingo",
    "it": "lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica",
    "nl": "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag",
    "ca": "dilluns|dimarts|dimecres|dijous|divendres|dissabte|diumenge",
    "ru": "понедельник|вторник|среда среду|четверг|пятница пятницу|суббота субботу|воскресенье",
    "uk": "понеділок|вівторок|середа середу|четвер|п’ятниця п'ятниця п’ятницю п'ятницю|субота суботу|неділя неділю",
    "be": "панядзелак|аўторак|серада|чацвер|пятніца|субота|нядзеля",
    "pl": "poniedziałek|wtorek|środa|czwartek|piątek|sobota|niedziela",
    "cs": "pondělí|úterý|středa|čtvrtek|pátek|sobota|neděle",
    "sk": "pondelok|utorok|streda|štvrtok|piatok|sobota|nedeľa",
    "hu": "hétfő|kedd|szerda|csütörtök|péntek|szombat|vasárnap",
    "ro": "luni|marți marţi|miercuri|joi|vineri|sâmbătă|duminică",
    "bg": "понеделник|вторник|сряда|четвъртък|петък|събота|неделя",
    "sr": "понедељак ponedeljak|уторак utorak|среда sreda|четвртак četvrtak|петак petak|субота subota|недеља nedelja",
    "hr": "ponedjeljak|utorak|srijeda|četvrtak|petak|subota|nedjelja",
    "sl": "ponedeljek|torek|sreda|četrtek|petek|sobota|nedelja",
    "el": "δευτέρα|τρίτη|τετάρτη|πέμπτη|παρασκευή|σάββατο|κυριακή",
    "tr": "pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar",
    "sv": "måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag",
    "da": "mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag",
    "fi": "maanantai maanantaina|tiistai tiistaina|keskiviikko keskiviikkona|torstai torstaina|perjantai perjantaina|lauantai lauantaina"
    "|sunnuntai sunnuntaina",
    "is": "mánudagur|þriðjudagur|miðvikudagur|fimmtudagur|föstudagur|laugardagur|sunnudagur",
    "et": "esmaspäev|teisipäev|kolmapäev|neljapäev|reede|laupäev|pühapäev",
    "lv": "pirmdiena|otrdiena|trešdiena|ceturtdiena|piektdiena|sestdiena|svētdiena",
    "lt": "pirmadienis|antradienis|trečiadienis|ketvirtadienis|penktadienis|šeštadienis|sekmadienis",
    "ar": "الاثنين الإثنين|الثلاثاء|الأربعاء الاربعاء|الخميس|الجمعة|السبت|الأحد الاحد",
    "fa": "دوشنبه|سه‌شنبه سه_شنبه|چهارشنبه|پنجشنبه پنج‌شنبه|جمعه|شنبه|یکشنبه یک‌شنبه",
    "he": "שני|שלישי|רביעי|חמישי|שישי|שבת|ראשון",
    "hi": "सोमवार|मंगलवार|बुधवार|गुरुवार बृहस्पतिवार|शुक्रवार|शनिवार|रविवार",
    "id": "senin|selasa|rabu|kamis|jumat jum'at|sabtu|minggu",
    "vi": "thứ_hai|thứ_ba|thứ_tư|thứ_năm|thứ_sáu|thứ_bảy|chủ_nhật",
    "ko": "월요일 월|화요일 화|수요일 수|목요일 목|금요일 금|토요일 토|일요일 일",
    "ja": "月曜日 月曜 月|火曜日 火曜 火|水曜日 水曜 水|木曜日 木曜 木|金曜日 金曜 金|土曜日 土曜 土|日曜日 日曜 日",
    "zh": "星期一 周一 週一 礼拜一|星期二 周二 週二 礼拜二|星期三 周三 週三 礼拜三|星期四 周四 週四 礼拜四|星期五 周五 週五 礼拜五"
    "|星期六 周六 週六 礼拜六|星期日 星期天 周日 週日 礼拜天",
}
"""By language, Monday to Sunday."""

_DOTTED_DAY = {"listopada": 10}
"""Names that mean another month after a day with a full stop: Croatian `15. listopada` is October."""
_PLAIN_DAY = {"listopada": 11}
"""… and after a bare number: Polish `15 listopada` is November."""


def languages() -> tuple[str, ...]:
    """Return the languages whose months are known by name."""
    return tuple(_MONTHS)


def key_of(name: str) -> str:
    """Return a name as names are looked up: without case, accents, full stops and the dot of a Turkish İ."""
    folded = unicodedata.normalize("NFKD", name.strip(" .").casefold())
    return "".join(c for c in folded if not unicodedata.combining(c)).replace("ı", "i")


@cache
def _table(which: str) -> dict[str, int]:
    """Return number by key; a name that two languages give to different months is in nobody's table."""
    source, first = (_MONTHS, 1) if which == "months" else (_WEEKDAYS, 0)
    known: dict[str, set[int]] = {}
    for row in source.values():
        for number, forms in enumerate(row.split("|"), first):
            for form in forms.split():
                known.setdefault(key_of(form.replace("_", " ")), set()).add(number)
    return {key: next(iter(numbers)) for key, numbers in known.items() if len(numbers) == 1}


def month_of(name: str, *, dotted_day: bool = False) -> int | None:
    """Return the number of a month by its printed name, None for what names no month or several.

    `dotted_day`: the day before it bears a full stop. `name/name` (Levantine and Egyptian names) must agree.
    """
    numbers = {_month(piece, dotted_day=dotted_day) for piece in name.split("/")}
    return numbers.pop() if len(numbers) == 1 else None


def _month(name: str, *, dotted_day: bool) -> int | None:
    key = key_of(name)
    special = (_DOTTED_DAY if dotted_day else _PLAIN_DAY).get(key)
    table = _table("months")
    if special is not None:
        return special
    if key not in table and key[:1] == "ב":  # Hebrew "in"
        key = key[1:]
    return table.get(key)


def weekday_of(name: str) -> int | None:
    """Return 0 for any language's Monday and so on, None for what names no weekday."""
    key = key_of(name)
    table = _table("weekdays")
    if key not in table and key.startswith("יום "):
        key = key[4:]
    return table.get(key)
