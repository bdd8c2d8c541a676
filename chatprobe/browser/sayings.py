"""Sentences that say why there is no chat, told by words that come together in one; for where no set phrase does.

A list of phrases never ends. These read more into a text, so they are asked only where nothing else was found: on a
page that shows next to nothing, or behind a launcher that opened nothing to write into. Written like `words`.
"""

from __future__ import annotations

import re

from chatprobe.browser.words import AGE_ASKED, Words

_ENDS = re.compile(r"(?<=[.!?…:;])\s|(?<=[。！？])|\n")
_LONGEST = 200
"""Characters of a sentence that are shown."""


class Saying:
    """What a sentence says that has a word of each list."""

    def __init__(self, *together: Words, unless: Words | None = None) -> None:
        """One sentence must have a word of each, and none of `unless`."""
        self._together = together
        self._unless = unless

    def found_in(self, text: str) -> str:
        """The first sentence that says so; empty where none does."""
        sentences = (one.strip() for one in _ENDS.split(text) if one.strip())
        return next((one[:_LONGEST] for one in sentences if self._is(one)), "")

    def _is(self, sentence: str) -> bool:
        excused = self._unless is not None and self._unless.found_in(sentence)
        return not excused and all(words.found_in(sentence) for words in self._together)


_DENIES = Words("""
    not, no, nobody, none, cannot, can't, don't, doesn't, isn't, aren't, unable, unavailable, restricted, prohibited
    forbidden, blocked, denied, excluded, out of, unfortunately, sorry
    ne, n'est, n'êtes, n'avez, ne sont, pas, aucun*, interdit*, impossible, bloqué*, exclu*, malheureusement, désolé*
    nicht, kein*, leider, gesperrt, verboten, blockiert, untersagt, niemand
    ningún, ninguna, nadie, prohibid*, restringid*, bloquead*, lamentablemente
    non, nessun*, vietat*, bloccat*, purtroppo, não, nenhum*, ninguém, proibid*, infelizmente
    niet, geen, helaas, niemand, geblokkeerd, inte, ej, tyvärr, ingen, inga, ikke, dessverre, desværre
    ei, emme, eivät, ette, valitettavasti, nie, niestety, brak, nikt, není, nejsou, nejsme, nelze, bohužel, nikdo
    žiaľ
    nem, nincs*, sajnos, senki, nu, niciun, nicio, nimeni
    не, нет, ни, нельзя, никого, к сожалению, запрещ*, недоступ*, немає, заборонен*, няма, за съжаление
    δεν, δυστυχώς, değil*, yok, maalesef, yasak*, غير, لا, ليس, للأسف, לא, אין, אינו, אינם, नहीं, không, tidak, belum
    ไม่, ません, できない, 않, 없, 불가, 无法, 不支持, 不提供, 不能, 不在, 没有, 沒有, 無法
""")

_PLACE = Words("""
    country, countries, region, territory, territories, location, jurisdiction, jurisdictions
    pays, région, territoire, land, ländern, gebiet, standort, país, países, región, territorio, ubicación
    paese, paesi, regione, região, território, landen, regio, locatie, landet, regionen, området, maa, maassa, maasta
    maassasi, maastasi, alueellasi, kraj, kraju, krajów, regionie, lokalizacji, země, zemi, krajine, krajina
    ország*, országában, régió*, țara, țării, țări, regiunea, стран*, регион*, держав*, країн*, територі*, държав*
    χώρα*, περιοχή*, ülke*, bölge*, بلد*, منطقت*, מדינ*, ארצך, देश, क्षेत्र, quốc gia, khu vực, negara, wilayah
    ประเทศ, ภูมิภาค, お住まいの国, 国から, 地域, 국가, 지역, 所在国, 国家, 地区, 國家, 地區
""")

_VERIFIES = Words("""
    verify*, verifi*, confirm*, prove*, check*, complete, challenge, make sure
    vérifi*, prouve*, confirmez, assur*, bestätig*, beweis*, überprüf*, comprueb*, demuestr*, asegúr*
    dimostr*, assicur*, comprove, controle*, bevestig*, bewijs*, potwierdź*, zweryfikuj*, sprawdz*, udowodnij
    bekräfta*, kontroller*, bekreft*, bekræft*, vahvista*, todista*, tarkist*, ověř*, potvrď*, dokažte, overte
    erősíts*, igazol*, ellenőr*, confirmați, verificați, dovediți, подтверд*, докаж*, проверк*, убедит*, перевір*
    підтверд*
    потвърд*, επιβεβαι*, doğrula*, kanıtla*, تحقق, تأكيد, أكد, לאמת, אמת, אשר, पुष्टि, xác minh, verifikasi, buktikan
    ยืนยัน, 確認, 확인, 验证, 驗證, 确认
""")

_MANKIND = Words("""
    human, humans, a real person, robot, robots, a bot, humain*, une personne réelle, mensch, menschen, roboter
    humano, humana, umano, umana, umani, człowiek*, robotem, een mens, människa, menneske, ihminen, člověk, clovek
    človek
    ember, sunteți om, ești om, человек*, людина, людиною, робот*, човек, άνθρωπος, ρομπότ, insan, إنسان, بشر
    روبوت, אדם, אנושי, רובוט
    मानव, इंसान, con người, manusia, มนุษย์, 人間, 사람, 真人, 人类, 人類, 机器人
""")

_ENTRY = Words("""
    request, requests, ip, ip address, access, traffic, activity, connection, browser
    requête, demande, adresse ip, accès, trafic, activité, connexion, anfrage, ip-adresse, zugriff, zugang, aktivität
    verbindung, solicitud, petición, dirección ip, acceso, tráfico, actividad, richiesta, indirizzo ip, accesso
    traffico, attività, solicitação, pedido, endereço ip, acesso, tráfego, atividade, verzoek, ip-adres, toegang
    verkeer, activiteit, förfrågan, ip-adress, åtkomst, trafik, aktivitet, forespørsel*, adgang, pyyntö, ip-osoite
    pääsy, żądanie, adres ip, dostęp, ruch, požadavek, přístup, adresa ip, prístup, kérés, hozzáférés, cerere*, acces*
    запрос*, ip-адрес*, доступ, активност*, запит*, αίτημα, πρόσβαση, istek, isteğiniz, erişim, الوصول, طلبك
    הגישה, הבקשה
""")

_REFUSED = Words("""
    blocked, rejected, denied, refused, automated, unusual, suspicious, banned, flagged, bloqué*, refusé*, rejeté*
    inhabituel*, suspect*, blockiert, gesperrt, abgelehnt, verweigert, ungewöhnlich*, verdächtig*, bloquead*
    rechazad*, denegad*, inusual*, sospechos*, bloccat*, rifiutat*, negat*, insolit*, sospett*, recusad*, rejeitad*
    suspeit*, geblokkeerd, geweigerd, verdacht*, ongebruikelijk*, blockerad*, blokkert, blokeret, nekad*, nekat*
    avvis*
    estetty, evätty, hylätty, epäilyttäv*, zablokowan*, odrzucon*, podejrzan*, zablokov*, odmítnut*, blokov*
    podezřel*
    letilt*, elutasít*, gyanús, blocat*, respins*, suspect*, заблокирован*, отклонен*, отклонён*, подозритель*
    заблокован*
    αποκλεί*, απορρίφ*, engellen*, reddedil*, şüpheli, محظور, مرفوض, חסום, נחסמ*, נדחת*
""")

FROM_HERE = Saying(_PLACE, _DENIES, unless=AGE_ASKED)
"""The site does not serve where we come from; an age gate speaks of countries, too."""
CHALLENGE = Saying(_VERIFIES, _MANKIND)
"""A person must show first that she is none of us."""
TURNED_AWAY = Saying(_ENTRY, _REFUSED)
"""Our visit is refused."""
MENDING = Saying(
    Words("""
    maintenance, upgrade, upgrading, upgraded, under construction, making improvements, back shortly, return shortly
    fait peau neuve, en travaux, en construction, revenons très vite, wartung*, gewartet, umbau*, bauen um, im aufbau
    mantenimiento, en obras, manutenzione, manutenção, onderhoud, underhåll*, vedlikehold*, vedligehold*, huolto*
    huollossa, huollon, konserwac*, prace techniczne, przerwa techniczna, modernizac*, údržb*, karbantart*, mentenan*
    întreținere, профилактик*, технические работы, технических работ, технічні роботи, обслуживани*, обслуговуван*
    поддръжк*, συντήρηση*, bakım*, صيانة, תחזוקה, रखरखाव, bảo trì, pemeliharaan, ซ่อมบำรุง, ปรับปรุง, メンテナンス
    점검, 维护, 維護
    """)
)
"""The whole site is being worked on."""

MEMBERS_ONLY = Saying(
    Words("""
    log in, login, logged in, log into, sign in, signed in, sign into, registered, members
    connectez-vous, connecté*, identifi*, membres, inscrits, anmelden, angemeldet*, einloggen, eingeloggt*
    registriert*
    inicia sesión, iniciar sesión, inicie sesión, identifíca*, identifíqu*, registrad*, accedi, accedere
    effettua l'accesso
    registrati, registrato, faça login, entrar na sua conta, cadastrad*, inloggen, ingelogd*, logga in, inloggad*
    logg inn
    innlogget*, log ind, logget ind, kirjaudu*, kirjautu*, zaloguj*, zalogowan*, přihlas*, přihláš*, prihlás*
    bejelentkez*, jelentkezz*, autentific*, conectat, войти, войдите, вошли, авториз*, зарегистрирован*, увійти
    увійдіть
    авторизован*, влезте, вписан*, συνδεθείτε, συνδεδεμέν*, giriş yap*, تسجيل الدخول, להתחבר, מחוברים, लॉग इन
    đăng nhập, masuk, เข้าสู่ระบบ, ログイン, 로그인, 登录, 登入
    """)
)
"""Behind a launcher that opened nothing to write into: only members may chat."""

_STAFF = Words("""
    team, agents, agent, operators, advisors, staff, anyone, anybody, somebody, available, online
    conseiller*, équipe, personne, opérateur*, disponible*, en ligne, mitarbeiter*, berater*, erreichbar, verfügbar
    equipo, operador*, agente*, asesor*, conectad*, operator*, nessuno, disponibil*, assistent*, atendente*, equipe
    disponív*, medewerker*, beschikbaar, aanwezig, medarbetare, tillgänglig*, medarbeider*, medarbejder*
    tilgjengelig*, tilgængelig*, tiimi*, paikalla, linjoilla, tavoitettavissa, konsultan*, doradc*, zespół, dostępn*
    operátor*, tým, dostupn*, elérhető*, munkatárs*, operatori, оператор*, сотрудник*, на связи, доступ*, на лінії
    на линия, διαθέσιμ*, temsilci*, müsait, متاح*, זמינ*, זמין, उपलब्ध, nhân viên, trực tuyến, petugas
    เจ้าหน้าที่, 担当者
    상담원, 客服, 在线, 在線
""")
_WE = Words("""
    we, we're, one, here, there, around, là, wir, da, estamos, siamo, er, här, her, jesteśmy, jsme, εδώ
""")
ABSENT = Saying(_DENIES, _STAFF)
"""Over a form: nobody is there."""
AWAY = Saying(_DENIES, _WE)
"""Behind a launcher that opened nothing to write into: nobody is there."""
LATER = Saying(
    Words("""
    tomorrow, next working day, next business day, gone home, for the day, office hours, opening hours, business hours
    working hours, weekdays, drop us a line, be back, demain, horaires, heures d'ouverture, de retour, jours ouvrés
    öffnungszeiten, geschäftszeiten, servicezeiten, werktags, wieder da, wieder für sie, mañana, horario*, domani
    orari*
    riapr*, amanhã, openingstijden, werkdagen, öppettider, imorgon, vardagar, åpningstid*, åbningstid*, i morgen
    hverdager, hverdage, aukioloaj*, huomenna, arkisin, palaamme, jutro, godziny, godzinach, pracujemy, zítra
    otevírací
    provozní, zajtra, holnap, nyitvatart*, mâine, programul, завтра, график, часы работы, рабочие часы, утре, αύριο
    ωράριο, yarın, çalışma saatleri, غدا, ساعات العمل, מחר, שעות, ngày mai, giờ làm việc, besok, jam kerja, พรุ่งนี้
    営業時間, 明日, 내일, 운영시간, 明天, 工作时间, 营业时间
    """)
)
"""The same, and when somebody is."""
