"""What forms ask for and what closed doors say, in many languages; written like the lists in `words`."""

from __future__ import annotations

from chatprobe.browser.words import Words

NAME = Words("""
    name, your name, full name, first name, firstname, last name, lastname, fullname, fname, lname, username
    nickname, nick, nom, prénom, pseudo, votre nom, vorname, nachname, ihr name, nombre, apellido*, nombre completo
    nome, cognome, nome completo, sobrenome, naam, voornaam, achternaam, namn, förnamn, efternamn, navn, fornavn
    etternavn, nimi, etunimi, imię, imie, nazwisko, jméno, příjmení, meno, priezvisko, név, neve, nume, prenume, име
    имя, фамилия, как вас зовут, ваше имя, ім'я, прізвище, όνομα, ονοματεπώνυμο, ad, adı*, ad soyad, isim, الاسم, اسم
    اسمك, שם, שמך, नाम, tên, họ tên, họ và tên, nama, ชื่อ, 名前, お名前, 氏名, 이름, 성함, 姓名, 名字, 称呼, 昵称,
    vārds, vardas, ime
    prezime
""")
EMAIL = Words("""
    email*, e-mail*, mail, your mail, courriel, adresse mail, correo*, posta elettronica, indirizzo mail, e-post*
    epost*, sähköposti*, poczta, эл. почта, электронная почта, почта, имейл, пошта, ηλεκτρονικ*, e-posta*, eposta*
    البريد*, بريد*, אימייל, דוא"ל, מייל, ईमेल, อีเมล, メール*, 이메일, 邮箱, 郵箱, 电子邮件, 電子郵件, e-pasts,
    el. paštas
""")
PHONE = Words("""
    phone*, telephone*, tel, mobile*, cell*, number to call, téléphone*, portable, telefon*, handy*, rückruf*
    teléfono*, móvil, celular, cellulare, telefone*, telemóvel, telefoon*, mobiel*, puhelin*, matkapuhelin, komórka
    телефон*, τηλέφωνο*, κινητό, cep, هاتف*, الهاتف, جوال, טלפון, נייד, फोन*, मोबाइल, điện thoại*, sđt, telepon*
    ponsel, โทรศัพท์, 電話*, 携帯*, 전화*, 휴대폰, 手机*, 电话*, 手機*, tālrun*
""")
QUESTION = Words("""
    question*, message*, inquiry, enquiry, how can we help*, how may we help*, what can we help*, issue, problem*
    comment*, description, your request, details, query, votre demande, comment pouvons-nous*, frage*, nachricht*
    anliegen, wie können wir*, consulta, pregunta*, mensaje*, domanda, messaggio, richiesta, come possiamo*, mensagem
    pergunta, dúvida*, como podemos*, vraag, bericht, fråga, meddelande, ärende, spørgsmål, spørsmål, melding, besked
    kysymys, viesti, asia, pytanie, wiadomość, dotaz, zpráva, otázka, správa, kérdés, üzenet, întrebare*, mesaj*
    въпрос, съобщение, вопрос*, сообщение, запитання, питання, повідомлення, ερώτηση, μήνυμα, soru*, mesajınız, سؤال*
    رسالة*, שאלה, הודעה, प्रश्न, संदेश, câu hỏi, tin nhắn, nội dung, pertanyaan, pesan, คำถาม, ข้อความ, 質問*,
    お問い合わせ内容
    内容, メッセージ, 질문, 문의*, 내용, 메시지, 问题*, 留言*, 問題*, 咨询*, küsimus, jautājums, klausimas, vprašanje,
    pitanje, poruka
""")
SUBJECT = Words("""
    subject, topic*, title, reason*, category, categories, sujet, objet, motif, thème, betreff, thema, grund, asunto
    tema, motivo, oggetto, argomento, assunto, onderwerp, ämne, emne, aihe, temat, předmět, predmet, téma, tárgy
    subiect, тема, θέμα, konu, الموضوع, موضوع, נושא, विषय, chủ đề, topik, subjek, หัวข้อ, 件名, 제목, 主题, 主題,
    teema
    temats
""")
DEPARTMENT = Words("""
    department*, team, service, section, division, département, abteilung, bereich, departamento, área, sector
    reparto, dipartimento, afdeling, avdelning, avdeling, osasto, dział, oddělení, oddelenie, osztály, departament*
    отдел*, відділ, τμήμα, departman, bölüm, قسم*, القسم, מחלקה, विभाग, bộ phận, phòng ban, departemen, แผนก, 部署,
    部門
    부서, 部门, osakond, oddelek, odjel
""")
LANGUAGE = Words("""
    language, langue, sprache, idioma, lingua, língua, taal, språk, sprog, kieli, język, jazyk, nyelv, limba, limbă
    език, язык, мова, γλώσσα, dil, dil seçimi, اللغة, لغة, שפה, भाषा, ngôn ngữ, bahasa, ภาษา, 言語, 언어, 语言, 語言
    keel
    valoda, kalba, jezik
""")
FIRST_NAME = Words("""
    first name, firstname, fname, given name, given-name, forename, prénom, vorname, nombre de pila, primer nombre
    primeiro nome, voornaam, förnamn, fornavn, etunimi, imię, jméno, keresztnév, prenume, имя, όνομα, ad, 名
""")
LAST_NAME = Words("""
    last name, lastname, lname, surname, family name, family-name, nom de famille, nachname, familienname, apellido*
    cognome, sobrenome, apelido, achternaam, efternamn, etternavn, efternavn, sukunimi, nazwisko, příjmení, priezvisko
    vezetéknév, nume de familie, фамилия, прізвище, επώνυμο, soyad*, 姓
""")
AGREE = Words("""
    agree*, accept*, consent*, terms*, privacy*, gdpr, i have read, i understand, accepte*, consens*, conditions*
    confidentialité, zustimm*, einverstanden, datenschutz*, agb, gelesen, acepto*, privacidad, términos, condiciones
    accett*, acconsent*, informativa, privacidade, termos, aceit*, concord*, akkoord, voorwaarden, godkänn*, villkor*
    godta*, samtykk*, vilkår*, accepterer, hyväksy*, ehdot, zgod*, zgadzam*, akceptuj*, regulamin*, souhlas*, súhlas*
    elfogad*, hozzájárul*, sunt de acord, termen*, съглас*, соглас*, погодж*, згод*, αποδέχομαι, συμφωνώ, συναίνεσ*
    kabul*, onaylıyorum, kvkk, أوافق, موافق, מסכים, מאשר, सहमत, đồng ý, setuju, ยอมรับ, ยินยอม, 同意, 동의, 接受,
    nõustun
    piekrītu, sutinku, soglašam, slažem
""")
SEARCH = Words("""
    search*, find, recherch*, cherch*, suche*, buscar, busca*, cerca*, pesquis*, procur*, zoek*, sök*, søk*, søg*
    hae, haku, etsi, szukaj*, wyszuk*, hled*, hľad*, keres*, caut*, căut*, търс*, поиск, искать, найти, пошук
    αναζήτηση, ara, arama, بحث, ابحث, חיפוש, खोज*, tìm kiếm, cari, ค้นหา, 検索, 검색, 搜索, 搜尋, 查找, otsi, meklēt,
    ieškoti
    išči, traži, query, keyword*, filter*
""")
NEWSLETTER = Words("""
    newsletter*, subscribe*, subscription, get offers, special offers, abonne*, abonnier*, suscrib*
    iscriviti alla newsletter, inscreva-se, assine, nieuwsbrief*, nyhetsbrev*, nyhedsbrev*, uutiskirje*, newsletteru
    zpravodaj*, hírlevél*, абонирай*, подпис*, підпис*, бюлетин, ενημερωτικ*, bülten*, النشرة*, اشترك*, ניוזלטר
    बुलेटिन, bản tin, buletin, จดหมายข่าว, メルマガ, ニュースレター, 뉴스레터, 订阅, 訂閱, uudiskiri, naujienlaišk*,
    promo code, coupon*
    voucher*
""")

OFFLINE = Words("""
    offline, we are offline, we're offline, currently offline, we are away, we're away, are away, currently away
    are currently closed, is currently closed, chat is closed, we are closed, we're closed, support is closed
    out of office, outside business hours, outside our hours, outside of our hours, outside working hours
    outside of working hours, outside opening hours, outside of opening hours, no agents available
    no agents are available, no agent is available, no operators available, no operators are available
    no operators online, no agents online, no one is available, nobody is available, not available at the moment
    currently unavailable, chat is unavailable, chat is not available, live chat unavailable, chat unavailable
    agents are unavailable, not available right now, unavailable right now, back tomorrow, we'll be back
    we will be back, come back later, our agents are asleep
    hors ligne, actuellement fermé, sommes fermés, est fermé, pas disponible*, indisponible*, aucun agent disponible
    aucun conseiller, absents, en dehors des heures, en dehors de nos horaires
    nicht verfügbar, derzeit geschlossen, zurzeit geschlossen, ist geschlossen, nicht erreichbar
    außerhalb der geschäftszeiten, außerhalb unserer, kein mitarbeiter*, keine mitarbeiter*, niemand verfügbar
    nicht online
    fuera de línea, desconectado*, no disponible*, no estamos disponibles, está cerrado, estamos cerrados
    fuera de horario, fuera del horario, ningún agente, no hay agentes, non in linea, non disponibil*, siamo chiusi
    chat chiusa, fuori orario, nessun operatore, não disponíve*, indisponíve*, fora do horário, estamos fechados
    nenhum atendente, não estamos disponíveis, desligado
    niet beschikbaar, gesloten, buiten kantooruren, geen medewerker*, inte tillgänglig*, stängd*, stängt
    inga agenter, ikke tilgjengelig*, stengt, ikke tilgængelig*, lukket, ei ole paikalla, ei ole tavoitettavissa
    suljettu, ei saatavilla, emme ole paikalla
    niedostępn*, jesteśmy offline, nieczynn*, poza godzinami, brak dostępnych, nedostupn*, zavřeno, nejsme online
    nejsme k dispozici, mimo pracovní dobu, nie sme k dispozícii, nem elérhető, zárva, jelenleg nem, indisponibil*
    închis, în afara programului, niciun agent, извън линия, не сме на линия, затворено, недостъпн*
    работно време приключи
    не в сети, оффлайн, офлайн, недоступ*, нет свободных операторов, нет операторов, нерабочее время, не работает
    закрыт, не на связи, операторов нет, не в мережі, немає операторів, зачинено, εκτός σύνδεσης, μη διαθέσιμ*
    δεν είμαστε διαθέσιμοι, κλειστ*, çevrimdışı, çevrim dışı, müsait değil*, kapalı, mesai saatleri dışında
    غير متصل*, غير متاح*, غير متوفر*, مغلق*, خارج أوقات العمل, לא מקוון, לא זמין*, אינם זמינים, סגור, ऑफ़लाइन, ऑफलाइन
    उपलब्ध नहीं, ngoại tuyến, không trực tuyến, không có nhân viên, ngoài giờ, tidak tersedia, di luar jam
    sedang offline, ออฟไลน์, ไม่อยู่, ไม่พร้อมให้บริการ, นอกเวลาทำการ, オフライン, 営業時間外, 受付時間外,
    ただいま不在, 対応しておりません, 오프라인
    상담 시간이 아닙니다, 부재중, 운영시간이 아닙니다, 离线, 離線, 不在线, 不在線, 下班, 非工作时间, 休息中,
    pole saadaval, nav pieejam*, neprisijung*
    nepasiekiam*, nismo dosegljivi, nismo dostupni, nedosegljiv*
""")
"""Says that nobody is there."""

LEAVE = Words("""
    leave a message, leave us a message, leave your message, leave message, leave a note, leave your email
    leave your e-mail, get back to you, we'll reply by email, reply by e-mail, reply by email, send us an email
    send an email, send us an e-mail, contact form, create a ticket, submit a ticket, open a ticket, submit a request
    offline message, offline form, we will contact you
    laissez un message, laissez-nous un message, laisser un message, laissez votre message, formulaire de contact
    nous vous répondrons par, nous vous recontacterons, créer un ticket
    nachricht hinterlassen, hinterlassen sie, hinterlasse uns, kontaktformular, ticket erstellen
    melden uns bei ihnen, per e-mail antworten, antworten ihnen per
    deja un mensaje, deje un mensaje, déjanos un mensaje, déjenos un mensaje, deja tu mensaje, dejar un mensaje
    dejar mensaje, formulario de contacto, lascia un messaggio, lasciaci un messaggio, lasciate un messaggio
    modulo di contatto, ti ricontatteremo, deixe uma mensagem, deixe sua mensagem, deixe-nos uma mensagem
    deixar mensagem, formulário de contato
    laat een bericht achter, bericht achterlaten, contactformulier, lämna ett meddelande, lämna meddelande
    legg igjen en melding, legg igjen melding, læg en besked, efterlad en besked, jätä viesti, jätä meille viesti
    zostaw wiadomość, zostaw nam wiadomość, zanechte zprávu, zanechte nám zprávu, nechte nám zprávu
    zanechajte správu, hagyjon üzenetet, hagyj üzenetet, üzenetet hagyok, lasă un mesaj, lăsați un mesaj
    lasă-ne un mesaj, оставете съобщение, остави съобщение
    оставьте сообщение, оставить сообщение, оставьте заявку, оставьте свой, залиште повідомлення
    залишити повідомлення, αφήστε μήνυμα, αφήστε μας, αφήστε ένα μήνυμα, mesaj bırak*, bize mesaj bırakın
    اترك رسالة*, اترك لنا رسالة, השאר הודעה, השאירו הודעה, संदेश छोड़ें, संदेश दें, để lại tin nhắn, để lại lời nhắn
    tinggalkan pesan, ฝากข้อความ, メッセージを残す, メッセージを残して, お問い合わせフォーム, 메시지를 남겨,
    메시지 남기기, 문의 남기기, 留言, jäta teade
    jäta sõnum, atstājiet ziņu, palikite žinutę, pustite sporočilo, ostavite poruku
""")
"""Asks for a message that somebody will read later."""

WAITING = Words("""
    connecting*, please wait, waiting for*, in the queue, in queue, your position, position in*, queue position
    looking for an agent, finding an agent, an agent will be with you, we are connecting you, searching for an agent
    connexion en cours, veuillez patienter, file d'attente, bitte warten, warteschlange, verbinde*, espere*, en cola
    conectando, attendere, in coda, connessione in corso, aguarde, na fila, even geduld, wachtrij, vänta*, i kö
    vent*, odota*, jonossa, proszę czekać, kolejc*, čekejte, ve frontě, kérjük várjon, așteptați, изчакайте, ожидайте
    подождите, в очереди, зачекайте, περιμένετε, lütfen bekleyin, sırada, الانتظار, אנא המתן, प्रतीक्षा, vui lòng chờ
    mohon tunggu, กรุณารอ, お待ちください, 기다려, 대기, 请稍候, 请稍等, 排队
""")

SIGN_IN_NEEDED = Words("""
    log in to chat, login to chat, sign in to chat, log in to start*, log in to continue, sign in to continue
    sign in to start*, please log in, please login, please sign in, you must be logged in, you must log in
    you need to log in, you need to be logged in, must be signed in, log in to contact*
    only available to registered*, only for registered*, available for registered*, registered players only
    registered customers only, registered users only, members only, log in or register, log in to your account
    sign in to your account, available after log*, available after sign*
    connectez-vous pour*, veuillez vous connecter, vous devez être connecté*, réservé aux joueurs inscrits
    bitte melden sie sich an, bitte loggen sie sich ein, melden sie sich an, nur für registrierte*, bitte anmelden
    inicia sesión para*, inicie sesión para*, debe iniciar sesión, debes iniciar sesión
    solo para usuarios registrados, accedi per*, effettua l'accesso, effettua il login, devi accedere, faça login*
    entre na sua conta, precisa estar logado, log in om*, u moet inloggen, logga in för*, logg inn for*, log ind for*
    kirjaudu sisään*, zaloguj się*, musisz się zalogować, přihlaste se*, musíte se přihlásit, prihláste sa*
    jelentkezz be*, jelentkezzen be*, autentifică-te*, autentificați-vă*, влезте в*, войдите*, авторизуйтесь
    необходимо войти, увійдіть*, συνδεθείτε*, giriş yapın*, giriş yapmalısınız, سجل الدخول, يرجى تسجيل الدخول
    התחבר כדי, יש להתחבר, लॉग इन करें, vui lòng đăng nhập, đăng nhập để, silakan masuk, silakan login
    กรุณาเข้าสู่ระบบ, ログインしてください, 로그인 후, 로그인이 필요, 请登录, 請登入, 登录后, 请先登录
""")

HUMAN_CHECK = Words("""
    verify you are human, verify you're human, verify that you are human, verifying you are human
    prove you are human, prove that you are human, prove you're human, are you human, i am human, i'm human
    you are not a robot, you're not a robot, i'm not a robot, i am not a robot, not a robot, are you a robot, captcha
    recaptcha, hcaptcha, security check, checking your browser, just a moment, human verification
    security verification, complete the security*, slide to verify, press and hold, press & hold
    enter the characters, type the characters, select all images, checking if the site connection is secure
    je ne suis pas un robot, vous êtes humain, vérification de sécurité, ich bin kein roboter, sicherheitsüberprüfung
    no soy un robot, no eres un robot, verificación de seguridad, non sono un robot, não sou um robô
    ik ben geen robot, jag är inte en robot, jeg er ikke en robot, en ole robotti, nie jestem robotem, nejsem robot
    nie som robot, nem vagyok robot, nu sunt robot, не съм робот, я не робот, докажите что вы, δεν είμαι ρομπότ
    ben robot değilim, لست روبوت*, אני לא רובוט, मैं रोबोट नहीं, không phải là người máy, bukan robot
    ไม่ใช่โปรแกรมอัตโนมัติ, 私はロボットではありません, 로봇이 아닙니다, 人机验证, 我不是机器人, 人機驗證
""")
GEO = Words("""
    not available in your country, not available in your region, not available in your location
    not available in your jurisdiction, unavailable in your country, unavailable in your region
    unavailable in your location, unavailable in your jurisdiction, from your country, from your location
    from your region, from your jurisdiction, your country is restricted, restricted country, restricted territory
    restricted jurisdiction, country is not supported, in your country is not allowed, not permitted in your*
    geo-blocked, geoblocked, geo restricted, geo-restricted, accessing from a restricted*, not accept players from
    not accept customers from, unavailable for legal reasons
    pas disponible dans votre*, pas accessible depuis votre*, nicht in ihrem land, in ihrem land nicht*
    no disponible en tu país, no está disponible en su país, no disponible en su*, non disponibile nel tuo paese
    não disponível no seu país, niet beschikbaar in uw land, niet beschikbaar in jouw land
    inte tillgänglig i ditt land, ikke tilgjengelig i ditt land, ikke tilgængelig i dit land
    ei ole saatavilla maassasi, niedostępna w twoim kraju, niedostępny w twoim kraju, není ve vaší zemi*
    nem elérhető az ön országában, nu este disponibil în țara, недоступен в вашей стране, недоступно в вашем*
    недоступен в вашем*, недоступний у вашій*, не е достъпен във вашата*, μη διαθέσιμ* στη χώρα, ülkenizde*
    bulunduğunuz ülke*, غير متاح في بلدك, אינו זמין במדינתך, không khả dụng tại quốc gia*, tidak tersedia di negara*
    お住まいの国, お客様の国, 귀하의 국가, 您所在的国家, 您所在的地区
""")
DENIED = Words("""
    access denied, access to this page has been denied, you have been blocked, you've been blocked, been blocked
    request blocked, request was blocked, request unsuccessful, forbidden, unusual traffic, suspicious activity
    automated access, automated requests, bot detected, your ip has been*, your ip address has been*
    ip address is blocked, too many requests, not authorized to access, permission to access
    security service to protect itself, attention required, incident id, web application firewall
    pardon our interruption
    accès refusé, accès interdit, zugriff verweigert, zugriff gesperrt, acceso denegado, accesso negato
    acesso negado, toegang geweigerd, åtkomst nekad, adgang nektet, adgang nægtet, pääsy estetty, dostęp zabroniony
    odmowa dostępu, přístup odepřen, prístup zamietnutý, hozzáférés megtagadva, acces interzis, acces refuzat
    доступ запрещен, доступ запрещён, доступ ограничен, доступ заборонено, достъпът е отказан, άρνηση πρόσβασης
    erişim engellendi, تم رفض الوصول, الوصول مرفوض, הגישה נדחתה, truy cập bị từ chối, akses ditolak, アクセスが拒否,
    접근이 거부
    접근 거부, 访问被拒绝, 拒绝访问, 存取被拒
""")
REPAIR = Words("""
    under maintenance, down for maintenance, undergoing maintenance, undergoing scheduled maintenance, maintenance mode
    scheduled maintenance, site maintenance, closed for maintenance, currently in maintenance, maintenance in progress
    performing maintenance, performing scheduled maintenance, we'll be back soon, we will be back soon, be right back
    service unavailable, temporarily unavailable, temporarily closed, temporarily down, site is offline, site is down
    upgrading our*
    en maintenance, maintenance en cours, site en maintenance, momentanément indisponible
    temporairement indisponible, de retour bientôt, wartungsarbeiten, wartungsmodus, wird gewartet
    vorübergehend nicht erreichbar, vorübergehend nicht verfügbar, in kürze wieder, bald zurück, en mantenimiento
    mantenimiento programado, temporalmente no disponible, fuera de servicio, volveremos pronto, in manutenzione
    manutenzione in corso, manutenzione programmata, temporaneamente non disponibile, torniamo presto, em manutenção
    manutenção programada, temporariamente indisponível, voltaremos em breve, in onderhoud, onderhoudswerkzaamheden
    tijdelijk niet beschikbaar, tijdelijk onbereikbaar, underhåll pågår, underhållsarbete, tillfälligt otillgänglig*
    under vedlikehold, vedlikeholdsarbeid, midlertidig utilgjengelig, vedligeholdelse i gang, under vedligeholdelse
    huoltokatko, huoltotauko, tilapäisesti poissa, prace konserwacyjne, przerwa techniczna, tymczasowo niedostępn*
    probíhá údržba, údržba stránek, dočasně nedostupn*, prebieha údržba, dočasne nedostupn*, karbantartás alatt
    karbantartás miatt, átmenetileg nem elérhető, în mentenanță, în întreținere, temporar indisponibil, в поддръжка
    профилактика, временно недостъпен, технические работы, техническое обслуживание, технических работ
    временно недоступен, технічні роботи, технічне обслуговування, тимчасово недоступн*, υπό συντήρηση
    εργασίες συντήρησης, προσωρινά μη διαθέσιμ*, bakımda, bakım çalışması, geçici olarak kullanılamıyor, قيد الصيانة
    تحت الصيانة, בתחזוקה, עבודות תחזוקה, रखरखाव, bảo trì, dalam pemeliharaan, sedang dalam perbaikan, ปิดปรับปรุง
    メンテナンス中, ただいまメンテナンス, 점검 중, 서비스 점검, 维护中, 系统维护, 維護中, 系統維護
""")
"""Says that the whole site is closed for a while."""
