"""What pages say around an article, language by language: buttons, notices, announcements.

Phrases of one table are separated by semicolons; case, accents and punctuation do not matter, as
``index/chrome.py`` folds both sides. A line is left out only when it consists of such phrases and
nothing else, so a phrase must be one that no article would print as a line of its own.
"""

BUTTONS = {
    "names": """
        facebook; twitter; x; whatsapp; linkedin; telegram; bluesky; instagram; tiktok;
        messenger; pinterest; reddit; flipboard; mastodon; threads; youtube; google news; e-mail;
        email; mail; rss; ok; close button; africanews; cgu; cgv; podcast; podcasts; newsletter;
        newsletters; video; videos; live; replay; menu; loader; loading; cookies""",
    "fr": """
        evenements; direct; en direct; accueil; chargement; chargement en cours; recherche;
        rechercher; partager; partage; partager l'article; partager cet article; partager sur;
        discussion; fermer; imprimer; imprimer l'article; copier; copier le lien; lien copie;
        lien; envoyer par e-mail; envoyer par mail; connexion; se connecter; connectez-vous; mon
        compte; creer un compte; s'inscrire; inscrivez-vous; s'abonner; abonnez-vous; je
        m'abonne; deja abonne; suivez-nous; nous suivre; suivre; commentaires; commenter; reagir;
        reagir a cet article; laisser un commentaire; publicite; passer la publicite; la suite
        apres la publicite; la suite apres cette publicite; annonce; diaporama; voir la video;
        regarder la video; voir plus; afficher plus; plus d'infos; signaler une erreur; article
        precedent; article suivant; precedent; suivant; page suivante; page precedente; retour a
        l'accueil; retour en haut; haut de page; acceder au contenu; aller au contenu; aller au
        contenu principal; acceder aux raccourcis d'accessibilite; ajouter a vos favoris; ajouter
        aux favoris; enregistrer; enregistrer l'article; offrir cet article; offrir l'article;
        ecouter l'article; ecouter cet article; telecharger l'application; lire la suite; tout
        accepter; accepter tout; accepter; tout refuser; refuser; accepter les cookies; continuer
        sans accepter; parametrer les cookies; gerer les cookies; gerer mes choix; politique de
        confidentialite; politique de cookies; donnees personnelles; mentions legales; conditions
        generales d'utilisation; conditions d'utilisation; plan du site; nous contacter;
        contactez-nous; qui sommes-nous; reserve aux abonnes; article reserve aux abonnes; cet
        article est reserve aux abonnes; contenu reserve aux abonnes; la redaction; par la
        redaction; votre adresse e-mail ne sera pas publiee; j'aime; mots-cles; themes associes;
        inscrivez-vous a notre newsletter; abonnez-vous a notre newsletter; les dernieres infos""",
    "en": """
        events; home; search; share; share this; share this article; share on; discussion; close;
        print; copy; copy link; link; link copied; login; log in; sign in; sign up; register;
        subscribe; subscribe now; my account; follow us; follow; comments; comment; leave a
        comment; post a comment; join the conversation; advertisement; advertising; ad;
        sponsored; advertisement - scroll to continue; scroll to continue; story continues below
        advertisement; article continues below advertisement; article continues after this
        advertisement; skip advertisement; skip to content; skip to main content; skip to
        navigation; back to top; previous; next; previous article; next article; load more; show
        more; view more; see all; listen to this article; save; save article; bookmark; gift this
        article; download our app; accept; accept all; accept cookies; accept all cookies; reject
        all; manage preferences; cookie settings; cookie policy; privacy policy; privacy; terms
        of service; terms of use; terms and conditions; contact us; about us; sitemap; watch;
        watch live; watch the video; sign up for our newsletter; subscribe to our newsletter; get
        our newsletter; like; report; please enable javascript to view this page; subscribers
        only; continue reading; tags; reuters staff; by reuters staff; staff writer""",
    "de": """
        startseite; suche; suchen; teilen; artikel teilen; schliessen; drucken; artikel drucken;
        kopieren; link kopieren; anmelden; registrieren; abmelden; abonnieren; jetzt abonnieren;
        kommentare; kommentieren; kommentar schreiben; anzeige; werbung; folgen; folgen sie uns;
        zum inhalt springen; zum inhalt; nach oben; zuruck; weiter; vorheriger artikel; nachster
        artikel; weiterlesen; artikel anhoren; artikel speichern; merken; mehr anzeigen; alle
        akzeptieren; alle cookies akzeptieren; alles akzeptieren; ablehnen; alle ablehnen;
        cookie-einstellungen; einstellungen; datenschutz; datenschutzerklarung; impressum; agb;
        kontakt; nutzungsbedingungen; jetzt newsletter abonnieren; newsletter abonnieren; melden
        sie sich fur unseren newsletter an; nur fur abonnenten; video ansehen""",
    "es": """
        inicio; buscar; compartir; compartir este articulo; compartir en; cerrar; imprimir;
        copiar; copiar enlace; iniciar sesion; registrarse; registrate; suscribete; suscribirse;
        suscripcion; comentarios; comentar; publicidad; siguenos; saltar al contenido; ir al
        contenido; anterior; siguiente; articulo anterior; articulo siguiente; volver arriba; ver
        mas; cargar mas; leer mas; seguir leyendo; escuchar el articulo; guardar; aceptar;
        aceptar todo; aceptar todas; aceptar todas las cookies; rechazar; configurar cookies;
        politica de privacidad; politica de cookies; aviso legal; condiciones de uso; contacto;
        ver video; etiquetas; suscribete a nuestro boletin; suscribete a nuestra newsletter; solo
        para suscriptores""",
    "it": """
        cerca; condividi; condividi questo articolo; condividi su; chiudi; stampa; copia; copia
        link; accedi; registrati; iscriviti; abbonati; commenti; commenta; pubblicita; seguici;
        vai al contenuto; precedente; successivo; articolo precedente; articolo successivo; torna
        su; mostra altro; carica altro; continua a leggere; ascolta l'articolo; salva; accetta;
        accetta tutti; accetta tutti i cookie; rifiuta; informativa sulla privacy; note legali;
        contatti; guarda il video; iscriviti alla newsletter; riservato agli abbonati; etichette""",
    "pt": """
        buscar; pesquisar; compartilhar; partilhar; fechar; imprimir; copiar link; entrar;
        assine; inscreva-se; comentarios; publicidade; siga-nos; voltar ao topo; proximo;
        continue lendo; continua depois da publicidade; aceitar; aceitar todos; politica de
        privacidade; termos de uso; assine nossa newsletter""",
    "nl": """
        zoeken; delen; deel dit artikel; sluiten; afdrukken; inloggen; abonneren; reacties;
        reageren; advertentie; volg ons; vorige; volgende; terug naar boven; alle cookies
        accepteren; accepteren; privacybeleid; gebruiksvoorwaarden""",
    "pl": """
        szukaj; udostepnij; zamknij; drukuj; zaloguj sie; zaloguj; zarejestruj sie; subskrybuj;
        komentarze; reklama; nastepny; poprzedni; akceptuje; polityka prywatnosci; regulamin""",
    "others": """
        реклама; поделиться; комментарии; подписаться; войти; поділитися; коментарі; підписатися;
        reklam; paylas; yorumlar; abone ol; publicitate; distribuie; comentarii; διαφημιση;
        annons; annonse; dela; del; إعلان; شارك""",
}

# A line of four or more of these, and of buttons, is the bar of a page.
SECTIONS = """
    international monde europe france politique societe economie sport sports culture sciences
    environnement planete sante opinions opinion idees debats tech technologie high-tech meteo
    faits divers regions voyage auto immobilier emploi
    world uk us news politics business science health technology environment lifestyle travel arts
    entertainment weather
    politik wirtschaft kultur gesundheit wissen wissenschaft panorama reise netzwelt ausland inland
    meinung leben wetter regional
    internacional espana mundo politica sociedad economia deportes cultura ciencia salud
    tecnologia opinion gente
    esteri italia cronaca economia spettacoli salute scienza tecnologia mondo
    mundo esportes saude buitenland binnenland economie cultuur swiat kraj gospodarka"""

# They announce other articles: alone as a heading, or followed by a headline in the same line.
RELATED = {
    "fr": """
        a decouvrir egalement; a decouvrir aussi; lire aussi; lire egalement; a lire aussi; a
        lire egalement; a lire; voir aussi; voir egalement; a voir aussi; sur le meme sujet; sur
        le meme theme; dans la meme rubrique; articles lies; articles similaires; nos articles
        sur le sujet; nos derniers articles; les plus lus; les articles les plus lus; les plus
        partages; pour aller plus loin; en savoir plus; vous aimerez aussi; cela peut vous
        interesser; notre selection""",
    "en": """
        read also; also read; read more; read next; see also; more on this; more on this story;
        more on this topic; related; related articles; related stories; related content; related
        topics; most read; most popular; trending; trending now; more from this section;
        recommended; recommended for you; recommended stories; you may also like; you might also
        like; you may like; up next; learn more; editors' picks""",
    "de": """
        lesen sie auch; lesen sie mehr; auch interessant; das konnte sie auch interessieren; mehr
        zum thema; mehr dazu; mehr erfahren; siehe auch; meistgelesen; meistgelesene artikel;
        ahnliche artikel; weitere artikel; weitere nachrichten; empfehlungen der redaktion""",
    "es": """
        te puede interesar; te podria interesar; tambien te puede interesar; le puede interesar;
        lea tambien; lee tambien; leer tambien; ver tambien; vea tambien; mas informacion;
        noticias relacionadas; articulos relacionados; lo mas leido; lo mas visto""",
    "it": """
        leggi anche; leggi di piu; vedi anche; guarda anche; potrebbe interessarti; potrebbe
        interessarti anche; ti potrebbe interessare; articoli correlati; i piu letti;
        approfondisci""",
    "pt": "leia tambem; leia mais; veja tambem; saiba mais; artigos relacionados; mais lidas",
    "nl": "lees ook; lees meer; lees verder; bekijk ook; gerelateerde artikelen; meest gelezen",
    "pl": "czytaj tez; czytaj takze; czytaj wiecej; zobacz tez; zobacz takze; przeczytaj tez",
    "others": """
        читайте также; смотрите также; читайте також; дивіться також; ilgili haberler; bunlar da
        ilginizi cekebilir; citeste si; vezi si; διαβαστε επισης; las ocksa; les ogsa; les mer;
        laes ogsa; lue myos; اقرأ أيضا; اقرا ايضا""",
}
