"""What walls say and what they are made of: the signs by which a page that stands in place of an article is told.

Names are what the whole of a title or a heading says; phrases are words that walls say and reports do not; markers are what
the scripts of a protection service are called. Names and phrases are folded: without case (so that a final sigma is like any
other), and nothing but letters and digits.
"""

from __future__ import annotations

from enum import StrEnum

import attrs


class Kind(StrEnum):
    """What stands in place of the article, in words that complete the finding's message."""

    ROBOT_CHECK = "a check for robots, or a refusal"
    CONSENT = "a request for consent"
    LOGIN = "a login"
    PAYWALL = "an offer of subscriptions"
    NOT_FOUND = "a notice that the page was not found"
    SCRIPT = "a request to turn JavaScript on"


@attrs.frozen
class Signs:
    """The signs of one kind. `longest` is how many characters such a page shows at most, its navigation included.

    `topics` are parts of words by which a paragraph is one of the wall's own; `classes` are names that the page's
    `<body>` bears; `field` is the type of an input that must be there.
    """

    kind: Kind
    longest: int
    names: frozenset[str]
    phrases: tuple[str, ...]
    topics: tuple[str, ...] = ()
    markers: tuple[bytes, ...] = ()
    classes: frozenset[str] = frozenset()
    field: str | None = None


def _words(text: str) -> tuple[str, ...]:
    return tuple(words.strip() for line in text.splitlines() for words in line.split("|") if words.strip())


def _markers(text: str) -> tuple[bytes, ...]:
    return tuple(marker.encode() for marker in _words(text))


_ROBOT_CHECK = Signs(
    Kind.ROBOT_CHECK,
    3000,
    frozenset(
        _words("""
        just a moment | one moment please | please wait | attention required | access denied
        access to this page has been denied | access to this site has been denied
        access to this website has been denied | forbidden | 403 | 403 forbidden | 405 | 406 not acceptable
        not acceptable | blocked | access blocked | access restricted | request denied | too many requests
        429 too many requests | zugriff gesperrt | acesso bloqueado | acceso bloqueado | accès bloqué
        accesso bloccato | 403 error | error 403 | error 1020 | you have been blocked | sorry you have been blocked
        request blocked | request rejected | request unsuccessful | the request could not be satisfied
        error the request could not be satisfied | checking your browser | checking your browser before accessing
        verifying your browser | browser check | bot verification | human verification | verification required
        verify you are human | verify you are a human | verifying you are human | are you a robot | are you human
        are you a human | robot check | robot or human | captcha | captcha check | captcha challenge | security check
        security checkpoint | vercel security checkpoint | security verification | performing security verification
        performance security by cloudflare | ddos protection | ddos guard | ddos protection by cloudflare
        pardon our interruption | unusual traffic | making sure you re not a bot | client challenge | un momento
        un instant | un instante | un momento por favor | nur einen moment | einen moment bitte | einen moment
        um momento | een ogenblik geduld | even geduld | bir dakika lütfen | jeszcze chwila | chwileczkę | один момент
        минуточку | хвилинку | 请稍候 | 請稍候 | しばらくお待ちください | 잠시만 기다리십시오 | لحظة من فضلك
        zugriff verweigert | zugang verweigert | zugriff blockiert | sind sie ein mensch | sind sie ein roboter
        sicherheitsüberprüfung | sicherheitsprüfung | browserprüfung | accès refusé | accès interdit
        êtes vous un robot | êtes vous humain | vérification de sécurité | acceso denegado | acceso restringido
        eres un robot | es usted un robot | verificación de seguridad | accesso negato | sei un robot
        verifica di sicurezza | acesso negado | você é um robô | toegang geweigerd | ben je een robot | odmowa dostępu
        czy jesteś robotem | åtkomst nekad | adgang nægtet | ingen adgang | pääsy estetty | přístup odepřen
        hozzáférés megtagadva | acces interzis | доступ запрещен | доступ запрещён | доступ ограничен
        доступ заборонено | вы не робот | ой | проверка браузера | проверка безопасности | erişim engellendi
        erişim reddedildi | η πρόσβαση απορρίφθηκε | アクセスが拒否されました | ロボットではありません | 访问被拒绝
        拒绝访问 | 安全验证 | 人机验证 | 存取被拒 | 접근이 거부되었습니다 | 접근 거부
    """)
    ),
    _words("""
        checking your browser before | checking if the site connection is secure
        needs to review the security of your connection | verify you are human by completing
        verifying you are human this may take a few seconds | performing security verification
        uses a security service to | using a security service to | using a security service for
        security services provided by | your request has been blocked | your request was blocked
        request has been rated as | has been refused by the server | has been blocked by the
        request was blocked due to | access from your ip address | requests from your ip address
        requests coming from your computer network | this traffic may have been sent by | you have been blocked for
        an action has triggered the service | the action you just performed triggered
        you can email the site owner to let them know | potentially unsafe operation
        protegido por um serviço de segurança | por que fui bloqueado | por qué he sido bloqueado
        pourquoi ai je été bloqué | warum wurde ich blockiert | performance security by cloudflare
        ddos protection by | enable javascript and cookies to continue | please enable cookies
        please turn javascript on and reload | please enable js and disable any ad blocker
        please make sure your browser supports javascript and cookies | enable cookies and javascript
        why have i been blocked | why do i have to complete a captcha | please complete the security check to access
        completing the captcha proves you are a human | press hold to confirm you are
        press and hold to confirm you are | confirm you are a human and not a bot | confirm that you are human
        confirm you are not a robot | let us know you re not a robot | make sure you re not a robot
        make sure you re not a bot | please click the box below to let us know you re not a robot
        something about your browser made us think you might be a bot
        as you were browsing something about your browser | we think you are using automation tools
        unusual traffic from your computer network | unusual activity from your computer network
        unusual activity coming from your | automated access to | you don t have permission to access
        you do not have permission to access | access to this page has been denied because
        reference error errors edgesuite net | errors edgesuite net | powered and protected by | incapsula incident id
        the requested url was rejected | please consult with your administrator | your support id is
        your access to this site has been limited | your access to this service has been limited
        this request has been blocked by | your ip address has been blocked
        the amazon cloudfront distribution is configured to block access
        request blocked we can t connect to the server | generated by cloudfront | cloudflare ray id
        sucuri website firewall | access denied sucuri | block reference | we re verifying your browser
        protected by anubis | you are seeing this because the administrator of this website has set up | proof of work
        please solve the captcha | please complete the captcha | ihr browser wird überprüft | ihr browser wird geprüft
        überprüfung ihres browsers | überprüft ob sie ein mensch | bestätigen sie dass sie ein mensch
        bestätigen sie dass sie kein roboter | aktivieren sie javascript und cookies
        sie haben keine berechtigung für den zugriff | ungewöhnlichen datenverkehr | vérification de votre navigateur
        vérifiez que vous êtes humain | vérifier que vous êtes humain | confirmez que vous êtes un humain
        n êtes pas un robot | activez javascript et les cookies | activer javascript et les cookies
        vous n avez pas l autorisation d accéder | trafic inhabituel | comprobando su navegador
        verificando su navegador | verifica que eres un ser humano | verifique que es un ser humano
        confirme que no es un robot | confirma que no eres un robot | habilita javascript y cookies
        habilite javascript y las cookies | activa javascript y las cookies | no tiene permiso para acceder
        no tienes permiso para acceder | tráfico inusual | verifica del browser | verifica di essere umano
        conferma di non essere un robot | abilita javascript e i cookie | abilitare javascript e i cookie
        non hai il permesso di accedere | traffico insolito | verificando o seu navegador | verificando seu navegador
        confirme que é humano | confirme que você é humano | confirme que não é um robô
        ative o javascript e os cookies | habilite javascript e cookies | você não tem permissão para acessar
        controleren of de verbinding met de site veilig is | uw browser wordt gecontroleerd
        bevestig dat u een mens bent | bevestig dat je geen robot bent | schakel javascript en cookies in
        sprawdzanie przeglądarki | potwierdź że jesteś człowiekiem | potwierdź że nie jesteś robotem
        włącz obsługę javascript i plików cookie | nie masz uprawnień dostępu | vi kontrollerar din webbläsare
        bekräfta att du är en människa | aktivera javascript och cookies | проверяем ваш браузер
        проверка вашего браузера | проверка браузера перед | подтвердите что вы человек | подтвердите что вы не робот
        подтвердите что запросы отправляли вы а не робот | запросы с вашего устройства похожи на автоматические
        включите javascript и cookie | включите javascript и файлы cookie | у вас нет прав доступа
        у вас нет разрешения на доступ | доступ к запрошенному ресурсу | перевіряємо ваш браузер
        підтвердіть що ви людина | ověřujeme že jste člověk | kontrola prohlížeče | tarayıcınız kontrol ediliyor
        insan olduğunuzu doğrulayın | robot olmadığınızı doğrulayın | お使いのブラウザを確認しています
        ブラウザを確認しています | 人間であることを確認 | ロボットでないことを確認 | javascriptとcookieを有効にして
        アクセスする権限がありません | 正在检查您的浏览器 | 正在验证您是否是真人 | 请完成安全验证 | 请完成以下验证
        请启用javascript和cookie | 启用 javascript 和 cookie | 您没有权限访问 | 사람인지 확인 | 로봇이 아님을 확인
        브라우저를 확인하고 있습니다 | 이 페이지에 접근할 권한이 없습니다
    """),
    markers=_markers("""
        _cf_chl_opt | cf-browser-verification | cf-challenge-running | challenge-error-text | id="cf-error-details"
        captcha-delivery.com | id="px-captcha" | /_Incapsula_Resource?SWJIYLWA | /_Incapsula_Resource?CWUDNSAI
        errors.edgesuite.net | sec-if-cpt-container | sec-cpt-if | awsWafCookieDomainList | captcha.awswaf.com
        sucuri_cloudproxy_js | sucuri.net/privacy-policy | anubis_challenge | /.well-known/ddos-guard/ | KPSDK
        validate.perfdrive.com | /sorry/index | /showcaptcha | _sec/cp_challenge | Generated by Wordfence
        vercel/security/ | /TSPD/
    """),
)

_CONSENT = Signs(
    Kind.CONSENT,
    8000,
    frozenset(
        _words("""
        before you continue | before you continue to google | before you continue to youtube
        your privacy choices | your privacy is important to us | we value your privacy | we care about your privacy
        we respect your privacy | privacy gate | privacy settings | cookie consent | cookie wall | cookie settings
        dpg media privacy gate | yahoo is part of the yahoo family of brands
        ihre privatsphäre ist uns wichtig | wir schätzen ihre privatsphäre | datenschutzeinstellungen
        datenschutz einstellungen | privatsphäre einstellungen | cookie einstellungen | cookies zustimmen
        weiterlesen mit werbung | mit werbung weiterlesen | mit werbung lesen | bevor sie fortfahren
        bevor sie zu google weitergehen | avant de continuer | avant d accéder à google
        nous respectons votre vie privée | votre vie privée est importante | votre vie privée nous importe
        gestion des cookies | gérer les cookies | continuer avec publicité | antes de continuar | antes de ir a google
        su privacidad es importante para nosotros | tu privacidad es importante para nosotros
        nos importa su privacidad | valoramos su privacidad | valoramos tu privacidad | configuración de cookies
        prima di continuare | prima di continuare su google | la tua privacy è importante per noi
        il rispetto della tua privacy è la nostra priorità | rispettiamo la tua privacy | impostazioni dei cookie
        a sua privacidade é importante para nós | valorizamos a sua privacidade | voordat je verdergaat
        voordat je verdergaat naar google | jouw privacy is belangrijk
        uw privacy is belangrijk voor ons | we hechten waarde aan uw privacy | cookie instellingen
        privacy instellingen | zanim przejdziesz dalej | szanujemy twoją prywatność | cenimy twoją prywatność
        dbamy o twoją prywatność | innan du fortsätter | vi värnar om din integritet | vi värderar din integritet
        vi respekterer dit privatliv | ditt personvern | arvostamme yksityisyyttäsi | vážíme si vašeho soukromí
        перед тем как продолжить | мы ценим вашу конфиденциальность | gizliliğinize önem veriyoruz
        σεβόμαστε το απόρρητό σασ | プライバシーの設定 | 続行する前に
    """)
    ),
    _words("""
        we and our partners | our partners store and or access information
        store and or access information on a device | use cookies and data to | personalised ads and content
        personalized ads and content | you can change your choices at any time | you can change your mind at any time
        if you choose to accept all | select accept all to | click accept all to | by clicking accept all | reject all
        accept all | accept cookies to | accept and continue | to continue accept | wir und unsere partner
        unsere partner verwenden cookies | alle akzeptieren | alle ablehnen | akzeptieren und weiter
        zustimmen und weiter | einwilligung | personalisierte anzeigen | nous et nos partenaires | nos partenaires
        tout accepter | tout refuser | accepter et continuer | continuer sans accepter | nosotros y nuestros socios
        nuestros socios | aceptar todo | rechazar todo | aceptar y continuar | noi e i nostri partner
        i nostri partner | accetta tutto | rifiuta tutto | accetta e continua | continua senza accettare
        nós e os nossos parceiros | nossos parceiros | aceitar tudo | rejeitar tudo | wij en onze partners
        onze partners | alles accepteren | alles weigeren | alles afwijzen | akkoord gaan | my i nasi partnerzy
        nasi partnerzy | zaakceptuj wszystko | akceptuję i przechodzę | vi och våra partner | våra partner
        godkänn alla | acceptera alla | vi og våre partnere | vi og vores partnere | accepter alle | godta alle
        kumppanimme | hyväksy kaikki | přijmout vše | наши партнеры | принять все | tümünü kabul et | αποδοχή όλων
        すべて同意 | すべて受け入れる
    """),
    topics=_words("""
        cookie | consent | privacy | partner | personal data | personali | datenschutz | einwillig | zustimm | werbung
        tracking | vie privée | consentement | publicité | données | privacidad | consentimiento | publicidad | datos
        consenso | pubblicit | dati personali | privacidade | consentimento | dados | toestemming | advertent
        gegevens | prywatno | zgod | dane | reklam | samtyck | samtykke | integritet | yksityisyy | evästeet | soukrom
        souhlas | конфиденциальн | персональн | данны | gizlilik | çerez | απόρρητο | プライバシー | クッキー
    """),
)

_LOGIN = Signs(
    Kind.LOGIN,
    4000,
    frozenset(
        _words("""
        log in | login | log on | sign in | sign in or register | log in or register | log in or sign up
        login or register | log in to continue | sign in to continue | please log in | please sign in | login required
        sign up | log into facebook | log in to facebook | log in to x | log in to twitter | instagram login
        linkedin login sign in | anmelden | anmeldung | einloggen | bitte anmelden | anmelden oder registrieren
        connexion | se connecter | connectez vous | identifiez vous | identification | iniciar sesión | inicia sesión
        acceder | identifícate | accedi | accesso | entra | iniciar sessão | entrar | fazer login | inloggen
        aanmelden | logowanie | zaloguj się | zaloguj | logga in | logg inn | log ind | kirjaudu sisään | kirjaudu
        přihlášení | přihlásit se | prihlásenie | bejelentkezés | autentificare | conectare | вход | войти
        авторизация | вход на сайт | увійти | вхід | giriş | giriş yap | oturum aç | σύνδεση | ログイン | サインイン
        登录 | 登入 | 로그인 | تسجيل الدخول | התחברות
    """)
    ),
    _words("""
        forgot your password | forgot password | forgotten password | forgotten account | forgotten your password
        reset your password | keep me logged in | keep me signed in | stay signed in | remember me
        don t have an account | create new account | create an account | new to | you must log in to continue
        you must be logged in | please log in to continue | log in to continue | sign in to continue
        passwort vergessen | kennwort vergessen | angemeldet bleiben | noch kein konto | mot de passe oublié
        rester connecté | pas encore de compte | créer un compte | olvidaste tu contraseña | olvidado tu contraseña
        olvidó su contraseña | recordar contraseña | no tienes cuenta | password dimenticata | dimenticato la password
        hai dimenticato | ricordami | non hai un account | esqueceu a senha | esqueceu sua senha
        esqueceu se da palavra passe | esqueci minha senha | wachtwoord vergeten | ingelogd blijven | nog geen account
        nie pamiętasz hasła | zapomniałeś hasła | zapomniałem hasła | nie masz konta | glömt lösenord
        glömt ditt lösenord | glemt passord | glemt adgangskode | unohditko salasanasi | zapomenuté heslo
        zapomněli jste heslo | elfelejtett jelszó | ai uitat parola | забыли пароль | запомнить меня | забули пароль
        şifremi unuttum | şifrenizi mi unuttunuz | ξεχάσατε τον κωδικό | パスワードをお忘れ | パスワードを忘れた
        忘记密码 | 忘記密碼 | 비밀번호를 잊으셨나요 | 비밀번호 찾기 | نسيت كلمة
    """),
    field="password",
)

_PAYWALL = Signs(
    Kind.PAYWALL,
    8000,
    frozenset(
        _words("""
        subscribe to read | subscribe to continue | subscribe to continue reading | subscribe to keep reading
        subscribe to unlock this article | subscribe to read this article | subscribe now | subscription required
        subscribers only | for subscribers only | this article is for subscribers only
        this content is for subscribers only | this article is reserved for subscribers | choose your subscription
        you have reached your article limit | you ve reached your article limit
        you ve reached your free article limit | jetzt weiterlesen | weiterlesen mit abo | jetzt abonnieren
        dieser artikel ist nur für abonnenten | exklusiv für abonnenten | article réservé aux abonnés
        cet article est réservé aux abonnés | contenu réservé aux abonnés | réservé aux abonnés
        abonnez vous pour lire la suite | abonnez vous pour lire cet article | contenido exclusivo para suscriptores
        exclusivo para suscriptores | solo para suscriptores | suscríbete para seguir leyendo
        suscríbase para seguir leyendo | contenuto riservato agli abbonati | articolo riservato agli abbonati
        abbonati per continuare a leggere | conteúdo exclusivo para assinantes | exclusivo para assinantes
        assine para continuar lendo | alleen voor abonnees | dit artikel is alleen voor abonnees
        tylko dla prenumeratorów | tylko dla subskrybentów | treść tylko dla subskrybentów | bara för prenumeranter
        kun for abonnenter | vain tilaajille | только для подписчиков | материал доступен только подписчикам
        оформите подписку | この記事は有料会員限定です | 有料会員限定 | 会員限定記事
    """)
    ),
    _words("""
        already a subscriber | already have a subscription | subscribe to unlock | subscribe for full access
        explore our subscriptions | choose your plan | choose a plan | see all subscription options | cancel anytime
        cancel any time | during your trial | start your free trial | to continue reading
        to read this article | to read the full | bereits abonnent | bereits abonniert | sie haben bereits ein abo
        abo abschliessen | jederzeit kündbar | zum weiterlesen | déjà abonné | sans engagement | pour lire la suite
        ya eres suscriptor | ya es suscriptor | para seguir leyendo | para continuar leyendo | cancela cuando quieras
        sei già abbonato | già abbonato | per continuare a leggere | disdici quando vuoi | já é assinante
        para continuar lendo | cancele quando quiser | al abonnee | om verder te lezen | maandelijks opzegbaar
        masz już prenumeratę | masz już subskrypcję | aby czytać dalej | redan prenumerant | allerede abonnent
        oletko jo tilaaja | уже подписаны | чтобы читать дальше | чтобы продолжить чтение | ログインして続きを読む
        この記事の続き
    """),
    topics=_words("""
        subscri | abonn | abbona | suscri | assina | prenumer | subskry | подпис | trial | access to | 購読 | 会員
    """),
)

_NOT_FOUND = Signs(
    Kind.NOT_FOUND,
    8000,
    frozenset(
        _words("""
        404 | error 404 | 404 error | http 404 | 410 gone | 404 not found | not found | error 404 not found
        404 page not found | 404 error page not found | error 404 page not found | page not found | page not found 404
        page not found error | the page could not be found | this page could not be found | page can t be found
        this page can t be found | the page can t be found | oops that page can t be found | oops page not found
        oops | sorry page not found | page does not exist | this page doesn t exist | this page does not exist
        this page isn t available | this content isn t available | this content isn t available right now
        this content is no longer available | page unavailable | article not found | story not found
        content not found | nothing found | seite nicht gefunden | 404 seite nicht gefunden | fehler 404
        fehler 404 seite nicht gefunden | die seite wurde nicht gefunden | diese seite wurde nicht gefunden
        diese seite existiert nicht | artikel nicht gefunden | inhalt nicht gefunden | page introuvable
        page non trouvée | 404 page introuvable | 404 page non trouvée | erreur 404 | erreur 404 page introuvable
        cette page n existe pas | cette page est introuvable | la page est introuvable | article introuvable
        página no encontrada | 404 página no encontrada | error 404 página no encontrada | no se encontró la página
        no se ha encontrado la página | página no disponible | esta página no existe | pagina non trovata
        404 pagina non trovata | errore 404 | errore 404 pagina non trovata | la pagina non esiste
        la pagina non è stata trovata | página não encontrada | erro 404 | 404 página não encontrada
        erro 404 página não encontrada | esta página não existe | pagina niet gevonden | 404 pagina niet gevonden
        deze pagina bestaat niet | deze pagina bestaat niet meer | nie znaleziono strony | strona nie istnieje
        strona nie została znaleziona | 404 nie znaleziono strony | błąd 404 | sidan kunde inte hittas
        sidan hittades inte | sidan finns inte | siden blev ikke fundet | siden ble ikke funnet | siden finnes ikke
        siden findes ikke | sivua ei löydy | sivua ei löytynyt | stránka nenalezena | stránka nebyla nalezena
        stránka neexistuje | stránka sa nenašla | az oldal nem található | pagina nu a fost găsită
        страница не найдена | 404 страница не найдена | ошибка 404 | ошибка 404 страница не найдена
        такой страницы нет | такой страницы не существует | страница не существует | сторінку не знайдено
        сторінка не знайдена | страницата не е намерена | страница није пронађена | stranica nije pronađena
        sayfa bulunamadı | 404 sayfa bulunamadı | hata 404 | η σελίδα δεν βρέθηκε | ページが見つかりません
        お探しのページは見つかりませんでした | お探しのページが見つかりません | 404 ページが見つかりません
        页面不存在 | 页面未找到 | 找不到页面 | 您访问的页面不存在 | 找不到網頁 | 頁面不存在
        페이지를 찾을 수 없습니다 | 요청하신 페이지를 찾을 수 없습니다 | الصفحة غير موجودة | לא נמצא | הדף לא נמצא
        halaman tidak ditemukan | không tìm thấy trang
    """)
    ),
    _words("""
        the page you are looking for | the page you re looking for | the page you were looking for
        the page you have requested | the page you requested | page you are trying to reach
        page you were trying to reach | we can t find the page | we can t seem to find the page
        we couldn t find the page | we could not find the page | we couldn t find that page | couldn t find what you
        couldn t find the page | it looks like nothing was found at this location | nothing was found at this location
        the requested url was not found | the requested page could not be found
        the requested resource could not be found | the link you followed may be broken
        the link you followed may have expired | the page may have been removed | the page may have been moved
        may have been moved or deleted | has been moved or deleted | has been removed had its name changed
        the article you are looking for | the content you are looking for | the story you are looking for
        sorry this page isn t available | this page doesn t exist | check the url | die von ihnen gesuchte seite
        die von ihnen angeforderte seite | die angeforderte seite | die gewünschte seite | die gesuchte seite
        die aufgerufene seite | diese seite existiert nicht | seite konnte nicht gefunden werden
        konnte leider nicht gefunden werden | la page que vous recherchez | la page que vous cherchez
        la page que vous demandez | la page demandée | la page que vous avez demandée | n existe pas ou n existe plus
        n existe plus | la página que buscas | la página que busca | la página que está buscando
        la página que estás buscando | la página solicitada | la página a la que intenta | la página a la que intentas
        no existe o ha sido | la pagina che cerchi | la pagina che stai cercando | la pagina cercata
        la pagina richiesta | non esiste o è stata | a página que procura | a página que você procura
        a página que você está procurando | a página solicitada | não existe ou foi | de pagina die je zoekt
        de pagina die u zoekt | de pagina die je probeert | de opgevraagde pagina | strona której szukasz
        strony której szukasz | podana strona nie istnieje | szukana strona | żądana strona | sidan du letar efter
        sidan du söker | siden du leder efter | siden du leter etter | siden du ser etter | etsimääsi sivua
        hakemaasi sivua | stránka kterou hledáte | požadovaná stránka | stránku ktorú hľadáte | a keresett oldal
        pagina pe care o cauți | pagina pe care o căutați | запрашиваемая страница | запрашиваемая вами страница
        запрошенная страница | запрошенной страницы | страница которую вы ищете | страницы не существует
        возможно она была удалена | возможно страница была удалена | сторінка яку ви шукаєте | запитувана сторінка
        aradığınız sayfa | ulaşmaya çalıştığınız sayfa | η σελίδα που αναζητάτε | η σελίδα που ζητήσατε
        お探しのページ | ご指定のページ | アクセスしようとしたページ | 您访问的页面 | 您要找的页面 | 你访问的页面
        您要查找的页面 | 您所查詢的網頁 | 찾으시는 페이지 | 요청하신 페이지 | الصفحة التي تبحث عنها | הדף שחיפשת
        הדף שביקשת | halaman yang anda cari | trang bạn tìm | trang bạn đang tìm
    """),
    classes=frozenset(
        str.split(
            "error404 error-404 page-404 page-not-found pagenotfound http-404 is-404 not-found page--404 error-page-404"
        )
    ),
)

_SCRIPT = Signs(
    Kind.SCRIPT,
    400,
    frozenset(
        _words("""
        javascript is not available | javascript is disabled | javascript required | javascript is required
        enable javascript | please enable javascript
    """)
    ),
    _words("""
        we ve detected that javascript is disabled | javascript is not available
        javascript is disabled in your browser | javascript is disabled in this browser | javascript is required
        requires javascript | needs javascript | you need to enable javascript | please enable javascript
        enable javascript to | bitte aktivieren sie javascript | javascript aktivieren | veuillez activer javascript
        activez javascript | activer javascript | habilite javascript | habilita javascript | activa javascript
        active javascript | abilita javascript | abilitare javascript | ative o javascript | habilite o javascript
        schakel javascript in | włącz javascript | włącz obsługę javascript | aktivera javascript
        включите javascript | javascript u etkinleştirin | javascriptを有効に | 启用javascript | 启用 javascript
        javascript를 활성화
    """),
)

ALL = (_ROBOT_CHECK, _NOT_FOUND, _CONSENT, _LOGIN, _PAYWALL, _SCRIPT)
"""The kinds, in the order in which they are asked for."""
