var fi=class{addEventListener(){}removeEventListener(){}dispatchEvent(){return!0}},_i=class extends fi{},gi=class extends _i{constructor(){super(...arguments),this.role=null}},Cr=class{observe(){}unobserve(){}disconnect(){}},hs={createElement:function(){return new Wt.HTMLElement},createElementNS:function(){return new Wt.HTMLElement},addEventListener(){},removeEventListener(){},dispatchEvent(t){return!1}},Wt={ResizeObserver:Cr,document:hs,Node:_i,Element:gi,HTMLElement:class extends gi{constructor(){super(...arguments),this.innerHTML=""}get content(){return new Wt.DocumentFragment}},DocumentFragment:class extends fi{},customElements:{get:function(){},define:function(){},whenDefined:function(){}},localStorage:{getItem(t){return null},setItem(t,e){},removeItem(t){}},CustomEvent:function(){},getComputedStyle:function(){},navigator:{languages:[],get userAgent(){return""}},matchMedia(t){return{matches:!1,media:t}},DOMParser:class{parseFromString(e,i){return{body:{textContent:e}}}}},ms="global"in globalThis&&globalThis?.global===globalThis||typeof window>"u"||typeof window.customElements>"u",ps=Object.keys(Wt).every(t=>t in globalThis),l=ms&&!ps?Wt:globalThis,F=ms&&!ps?hs:globalThis.document;var m={MEDIA_PLAY_REQUEST:"mediaplayrequest",MEDIA_PAUSE_REQUEST:"mediapauserequest",MEDIA_MUTE_REQUEST:"mediamuterequest",MEDIA_UNMUTE_REQUEST:"mediaunmuterequest",MEDIA_LOOP_REQUEST:"medialooprequest",MEDIA_VOLUME_REQUEST:"mediavolumerequest",MEDIA_SEEK_REQUEST:"mediaseekrequest",MEDIA_AIRPLAY_REQUEST:"mediaairplayrequest",MEDIA_ENTER_FULLSCREEN_REQUEST:"mediaenterfullscreenrequest",MEDIA_EXIT_FULLSCREEN_REQUEST:"mediaexitfullscreenrequest",MEDIA_PREVIEW_REQUEST:"mediapreviewrequest",MEDIA_ENTER_PIP_REQUEST:"mediaenterpiprequest",MEDIA_EXIT_PIP_REQUEST:"mediaexitpiprequest",MEDIA_ENTER_CAST_REQUEST:"mediaentercastrequest",MEDIA_EXIT_CAST_REQUEST:"mediaexitcastrequest",MEDIA_SHOW_TEXT_TRACKS_REQUEST:"mediashowtexttracksrequest",MEDIA_HIDE_TEXT_TRACKS_REQUEST:"mediahidetexttracksrequest",MEDIA_SHOW_SUBTITLES_REQUEST:"mediashowsubtitlesrequest",MEDIA_DISABLE_SUBTITLES_REQUEST:"mediadisablesubtitlesrequest",MEDIA_TOGGLE_SUBTITLES_REQUEST:"mediatogglesubtitlesrequest",MEDIA_PLAYBACK_RATE_REQUEST:"mediaplaybackraterequest",MEDIA_RENDITION_REQUEST:"mediarenditionrequest",MEDIA_AUDIO_TRACK_REQUEST:"mediaaudiotrackrequest",MEDIA_SEEK_TO_LIVE_REQUEST:"mediaseektoliverequest",REGISTER_MEDIA_STATE_RECEIVER:"registermediastatereceiver",UNREGISTER_MEDIA_STATE_RECEIVER:"unregistermediastatereceiver"},M={MEDIA_CHROME_ATTRIBUTES:"mediachromeattributes",MEDIA_CONTROLLER:"mediacontroller"},Or={MEDIA_AIRPLAY_UNAVAILABLE:"mediaAirplayUnavailable",MEDIA_AUDIO_TRACK_ENABLED:"mediaAudioTrackEnabled",MEDIA_AUDIO_TRACK_LIST:"mediaAudioTrackList",MEDIA_AUDIO_TRACK_UNAVAILABLE:"mediaAudioTrackUnavailable",MEDIA_BUFFERED:"mediaBuffered",MEDIA_CAST_UNAVAILABLE:"mediaCastUnavailable",MEDIA_CHAPTERS_CUES:"mediaChaptersCues",MEDIA_CURRENT_TIME:"mediaCurrentTime",MEDIA_DURATION:"mediaDuration",MEDIA_ENDED:"mediaEnded",MEDIA_ERROR:"mediaError",MEDIA_ERROR_CODE:"mediaErrorCode",MEDIA_ERROR_MESSAGE:"mediaErrorMessage",MEDIA_FULLSCREEN_UNAVAILABLE:"mediaFullscreenUnavailable",MEDIA_HAS_PLAYED:"mediaHasPlayed",MEDIA_HEIGHT:"mediaHeight",MEDIA_IS_AIRPLAYING:"mediaIsAirplaying",MEDIA_IS_CASTING:"mediaIsCasting",MEDIA_IS_FULLSCREEN:"mediaIsFullscreen",MEDIA_IS_PIP:"mediaIsPip",MEDIA_LOADING:"mediaLoading",MEDIA_MUTED:"mediaMuted",MEDIA_LOOP:"mediaLoop",MEDIA_PAUSED:"mediaPaused",MEDIA_PIP_UNAVAILABLE:"mediaPipUnavailable",MEDIA_PLAYBACK_RATE:"mediaPlaybackRate",MEDIA_PREVIEW_CHAPTER:"mediaPreviewChapter",MEDIA_PREVIEW_COORDS:"mediaPreviewCoords",MEDIA_PREVIEW_IMAGE:"mediaPreviewImage",MEDIA_PREVIEW_TIME:"mediaPreviewTime",MEDIA_RENDITION_LIST:"mediaRenditionList",MEDIA_RENDITION_SELECTED:"mediaRenditionSelected",MEDIA_RENDITION_UNAVAILABLE:"mediaRenditionUnavailable",MEDIA_SEEKABLE:"mediaSeekable",MEDIA_STREAM_TYPE:"mediaStreamType",MEDIA_SUBTITLES_LIST:"mediaSubtitlesList",MEDIA_SUBTITLES_SHOWING:"mediaSubtitlesShowing",MEDIA_TARGET_LIVE_WINDOW:"mediaTargetLiveWindow",MEDIA_TIME_IS_LIVE:"mediaTimeIsLive",MEDIA_VOLUME:"mediaVolume",MEDIA_VOLUME_LEVEL:"mediaVolumeLevel",MEDIA_VOLUME_UNAVAILABLE:"mediaVolumeUnavailable",MEDIA_LANG:"mediaLang",MEDIA_WIDTH:"mediaWidth"},Es=Object.entries(Or),o=Es.reduce((t,[e,i])=>(t[e]=i.toLowerCase(),t),{}),en={USER_INACTIVE_CHANGE:"userinactivechange",BREAKPOINTS_CHANGE:"breakpointchange",BREAKPOINTS_COMPUTED:"breakpointscomputed"},Ge=Es.reduce((t,[e,i])=>(t[e]=i.toLowerCase(),t),{...en}),Gl=Object.entries(Ge).reduce((t,[e,i])=>{let r=o[e];return r&&(t[i]=r),t},{userinactivechange:"userinactive"}),vs=Object.entries(o).reduce((t,[e,i])=>{let r=Ge[e];return r&&(t[i]=r),t},{userinactive:"userinactivechange"}),J={SUBTITLES:"subtitles",CAPTIONS:"captions",DESCRIPTIONS:"descriptions",CHAPTERS:"chapters",METADATA:"metadata"},Re={DISABLED:"disabled",HIDDEN:"hidden",SHOWING:"showing"};var bi={MOUSE:"mouse",PEN:"pen",TOUCH:"touch"},j={UNAVAILABLE:"unavailable",UNSUPPORTED:"unsupported"},te={LIVE:"live",ON_DEMAND:"on-demand",UNKNOWN:"unknown"};var fs={INLINE:"inline",FULLSCREEN:"fullscreen",PICTURE_IN_PICTURE:"picture-in-picture"};var _s=new WeakMap,Ur=t=>{let e=_s.get(t);return e||_s.set(t,e=new Set),e},gs=new l.ResizeObserver(t=>{for(let e of t)for(let i of Ur(e.target))i(e)});function Ti(t,e){Ur(t).add(e),gs.observe(t)}function Ai(t,e){let i=Ur(t);i.delete(e),i.size||gs.unobserve(t)}function V(t){let e={};for(let i of t)e[i.name]=i.value;return e}function bs(t){var e;return(e=tn(t))!=null?e:De(t,"media-controller")}function tn(t){var e;let{MEDIA_CONTROLLER:i}=M,r=t.getAttribute(i);if(r)return(e=an(t))==null?void 0:e.getElementById(r)}var Ts=(t,e,i=".value")=>{let r=t.querySelector(i);r&&(r.textContent=e)},rn=(t,e)=>{let i=`slot[name="${e}"]`,r=t.shadowRoot.querySelector(i);return r?r.children:[]},As=(t,e)=>rn(t,e)[0],ve=(t,e)=>!t||!e?!1:t?.contains(e)?!0:ve(t,e.getRootNode().host),De=(t,e)=>{if(!t)return null;let i=t.closest(e);return i||De(t.getRootNode().host,e)};function xr(t=document){var e;let i=t?.activeElement;return i?(e=xr(i.shadowRoot))!=null?e:i:null}function an(t){var e;let i=(e=t?.getRootNode)==null?void 0:e.call(t);return i instanceof ShadowRoot||i instanceof Document?i:null}function Si(t,{depth:e=3,checkOpacity:i=!0,checkVisibilityCSS:r=!0}={}){if(t.checkVisibility)return t.checkVisibility({checkOpacity:i,checkVisibilityCSS:r});let a=t;for(;a&&e>0;){let s=getComputedStyle(a);if(i&&s.opacity==="0"||r&&s.visibility==="hidden"||s.display==="none")return!1;a=a.parentElement,e--}return!0}function Ss(t,e,i,r){let a=r.x-i.x,s=r.y-i.y,n=a*a+s*s;if(n===0)return 0;let d=((t-i.x)*a+(e-i.y)*s)/n;return Math.max(0,Math.min(1,d))}function R(t,e){let i=sn(t,r=>r===e);return i||Pr(t,e)}function sn(t,e){var i,r;let a;for(a of(i=t.querySelectorAll("style:not([media])"))!=null?i:[]){let s;try{s=(r=a.sheet)==null?void 0:r.cssRules}catch{continue}for(let n of s??[])if(e(n.selectorText))return n}}function Pr(t,e){var i,r;let a=(i=t.querySelectorAll("style:not([media])"))!=null?i:[],s=a?.[a.length-1];if(!s?.sheet)return console.warn("Media Chrome: No style sheet found on style tag of",t),{style:{setProperty:()=>{},removeProperty:()=>"",getPropertyValue:()=>""}};let n=s?.sheet.insertRule(`${e}{}`,s.sheet.cssRules.length);return(r=s.sheet.cssRules)==null?void 0:r[n]}function W(t,e,i=Number.NaN){let r=t.getAttribute(e);return r!=null?+r:i}function q(t,e,i){let r=+i;if(i==null||Number.isNaN(r)){t.hasAttribute(e)&&t.removeAttribute(e);return}W(t,e,void 0)!==r&&t.setAttribute(e,`${r}`)}function y(t,e){return t.hasAttribute(e)}function w(t,e,i){if(i==null){t.hasAttribute(e)&&t.removeAttribute(e);return}y(t,e)!=i&&t.toggleAttribute(e,i)}function U(t,e,i=null){var r;return(r=t.getAttribute(e))!=null?r:i}function D(t,e,i){if(i==null){t.hasAttribute(e)&&t.removeAttribute(e);return}let r=`${i}`;U(t,e,void 0)!==r&&t.setAttribute(e,r)}var Is=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},de=(t,e,i)=>(Is(t,e,"read from private field"),i?i.call(t):e.get(t)),on=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Ii=(t,e,i,r)=>(Is(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Y;function nn(t){return`
    <style>
      :host {
        display: var(--media-control-display, var(--media-gesture-receiver-display, inline-block));
        box-sizing: border-box;
      }
    </style>
  `}var dt=class extends l.HTMLElement{constructor(){if(super(),on(this,Y,void 0),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=V(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[M.MEDIA_CONTROLLER,o.MEDIA_PAUSED]}attributeChangedCallback(e,i,r){var a,s,n,d,u;e===M.MEDIA_CONTROLLER&&(i&&((s=(a=de(this,Y))==null?void 0:a.unassociateElement)==null||s.call(a,this),Ii(this,Y,null)),r&&this.isConnected&&(Ii(this,Y,(n=this.getRootNode())==null?void 0:n.getElementById(r)),(u=(d=de(this,Y))==null?void 0:d.associateElement)==null||u.call(d,this)))}connectedCallback(){var e,i;this.tabIndex=-1,this.setAttribute("aria-hidden","true"),Ii(this,Y,ln(this)),this.getAttribute(M.MEDIA_CONTROLLER)&&((i=(e=de(this,Y))==null?void 0:e.associateElement)==null||i.call(e,this)),de(this,Y)&&(de(this,Y).addEventListener("pointerdown",this),de(this,Y).addEventListener("click",this),de(this,Y).hasAttribute("tabindex")||(de(this,Y).tabIndex=0))}disconnectedCallback(){var e,i,r,a;this.getAttribute(M.MEDIA_CONTROLLER)&&((i=(e=de(this,Y))==null?void 0:e.unassociateElement)==null||i.call(e,this)),(r=de(this,Y))==null||r.removeEventListener("pointerdown",this),(a=de(this,Y))==null||a.removeEventListener("click",this),Ii(this,Y,null)}handleEvent(e){var i;let r=(i=e.composedPath())==null?void 0:i[0];if(["video","media-controller"].includes(r?.localName)){if(e.type==="pointerdown")this._pointerType=e.pointerType;else if(e.type==="click"){let{clientX:s,clientY:n}=e,{left:d,top:u,width:S,height:A}=this.getBoundingClientRect(),g=s-d,v=n-u;if(g<0||v<0||g>S||v>A||S===0&&A===0)return;let h=this._pointerType||"mouse";if(this._pointerType=void 0,h===bi.TOUCH){this.handleTap(e);return}else if(h===bi.MOUSE||h===bi.PEN){this.handleMouseClick(e);return}}}}get mediaPaused(){return y(this,o.MEDIA_PAUSED)}set mediaPaused(e){w(this,o.MEDIA_PAUSED,e)}handleTap(e){}handleMouseClick(e){let i=this.mediaPaused?m.MEDIA_PLAY_REQUEST:m.MEDIA_PAUSE_REQUEST;this.dispatchEvent(new l.CustomEvent(i,{composed:!0,bubbles:!0}))}};Y=new WeakMap;dt.shadowRootOptions={mode:"open"};dt.getTemplateHTML=nn;function ln(t){var e;let i=t.getAttribute(M.MEDIA_CONTROLLER);return i?(e=t.getRootNode())==null?void 0:e.getElementById(i):De(t,"media-controller")}l.customElements.get("media-gesture-receiver")||l.customElements.define("media-gesture-receiver",dt);var Nr=dt;var ks={"Start airplay":"Start airplay","Stop airplay":"Stop airplay",Audio:"Audio",Captions:"Captions","Enable captions":"Enable captions","Disable captions":"Disable captions","Start casting":"Start casting","Stop casting":"Stop casting","Enter fullscreen mode":"Enter fullscreen mode","Exit fullscreen mode":"Exit fullscreen mode",Mute:"Mute",Unmute:"Unmute",Loop:"Loop","Enter picture in picture mode":"Enter picture in picture mode","Exit picture in picture mode":"Exit picture in picture mode",Play:"Play",Pause:"Pause","Playback rate":"Playback rate","Playback rate {playbackRate}":"Playback rate {playbackRate}",Quality:"Quality","Seek backward":"Seek backward","Seek forward":"Seek forward",Settings:"Settings",Auto:"Auto","audio player":"audio player","video player":"video player",volume:"volume",seek:"seek","closed captions":"closed captions","current playback rate":"current playback rate","playback time":"playback time","media loading":"media loading",settings:"settings","audio tracks":"audio tracks",quality:"quality",play:"play",pause:"pause",mute:"mute",unmute:"unmute","chapter: {chapterName}":"chapter: {chapterName}",live:"live",Off:"Off","start airplay":"start airplay","stop airplay":"stop airplay","start casting":"start casting","stop casting":"stop casting","enter fullscreen mode":"enter fullscreen mode","exit fullscreen mode":"exit fullscreen mode","enter picture in picture mode":"enter picture in picture mode","exit picture in picture mode":"exit picture in picture mode","seek to live":"seek to live","playing live":"playing live","seek back {seekOffset} seconds":"seek back {seekOffset} seconds","seek forward {seekOffset} seconds":"seek forward {seekOffset} seconds","Network Error":"Network Error","Decode Error":"Decode Error","Source Not Supported":"Source Not Supported","Encryption Error":"Encryption Error","A network error caused the media download to fail.":"A network error caused the media download to fail.","A media error caused playback to be aborted. The media could be corrupt or your browser does not support this format.":"A media error caused playback to be aborted. The media could be corrupt or your browser does not support this format.","An unsupported error occurred. The server or network failed, or your browser does not support this format.":"An unsupported error occurred. The server or network failed, or your browser does not support this format.","The media is encrypted and there are no keys to decrypt it.":"The media is encrypted and there are no keys to decrypt it.",hour:"hour",hours:"hours",minute:"minute",minutes:"minutes",second:"second",seconds:"seconds","{time} remaining":"{time} remaining","{currentTime} of {totalTime}":"{currentTime} of {totalTime}","video not loaded, unknown time.":"video not loaded, unknown time."};var ys,Bt={en:ks},ut=((ys=globalThis.navigator)==null?void 0:ys.language)||"en",ws=t=>{ut=t};var dn=t=>{var e,i,r;let[a]=ut.split("-");return((e=Bt[ut])==null?void 0:e[t])||((i=Bt[a])==null?void 0:i[t])||((r=Bt.en)==null?void 0:r[t])||t},Ms=()=>{let[t]=ut.split("-");return Bt[ut]?ut:Bt[t]?t:"en"},T=(t,e={})=>dn(t).replace(/\{(\w+)\}/g,(i,r)=>r in e?String(e[r]):`{${r}}`);var Br=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},P=(t,e,i)=>(Br(t,e,"read from private field"),i?i.call(t):e.get(t)),Z=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},ue=(t,e,i,r)=>(Br(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),ce=(t,e,i)=>(Br(t,e,"access private method"),i),$t,wi,ct,pt,mt,Fr,ht,ki,Hr,Ls,Wr,Rs,Vt,Mi,Li,$r,Et,Kt,Ce,yi,f={AUDIO:"audio",AUTOHIDE:"autohide",BREAKPOINTS:"breakpoints",GESTURES_DISABLED:"gesturesdisabled",KEYBOARD_CONTROL:"keyboardcontrol",NO_AUTOHIDE:"noautohide",USER_INACTIVE:"userinactive",AUTOHIDE_OVER_CONTROLS:"autohideovercontrols"};function un(t){return`
    <style>
      
      :host([${o.MEDIA_IS_FULLSCREEN}]) ::slotted([slot=media]) {
        outline: none;
      }

      :host {
        box-sizing: border-box;
        position: relative;
        display: inline-block;
        line-height: 0;
        background-color: var(--media-background-color, #000);
        overflow: hidden;
      }

      :host(:not([${f.AUDIO}])) [part~=layer]:not([part~=media-layer]) {
        position: absolute;
        top: 0;
        left: 0;
        bottom: 0;
        right: 0;
        display: flex;
        flex-flow: column nowrap;
        align-items: start;
        pointer-events: none;
        background: none;
      }

      slot[name=media] {
        display: var(--media-slot-display, contents);
      }

      
      :host([${f.AUDIO}]) slot[name=media] {
        display: var(--media-slot-display, none);
      }

      
      :host([${f.AUDIO}]) [part~=layer][part~=gesture-layer] {
        height: 0;
        display: block;
      }

      
      :host(:not([${f.AUDIO}])[${f.GESTURES_DISABLED}]) ::slotted([slot=gestures-chrome]),
          :host(:not([${f.AUDIO}])[${f.GESTURES_DISABLED}]) media-gesture-receiver[slot=gestures-chrome] {
        display: none;
      }

      
      ::slotted(:not([slot=media]):not([slot=poster]):not(media-loading-indicator):not([role=dialog]):not([hidden])) {
        pointer-events: auto;
      }

      :host(:not([${f.AUDIO}])) *[part~=layer][part~=centered-layer] {
        align-items: center;
        justify-content: center;
      }

      :host(:not([${f.AUDIO}])) ::slotted(media-gesture-receiver[slot=gestures-chrome]),
      :host(:not([${f.AUDIO}])) media-gesture-receiver[slot=gestures-chrome] {
        align-self: stretch;
        flex-grow: 1;
      }

      slot[name=middle-chrome] {
        display: inline;
        flex-grow: 1;
        pointer-events: none;
        background: none;
      }

      
      ::slotted([slot=media]),
      ::slotted([slot=poster]) {
        width: 100%;
        height: 100%;
      }

      
      :host(:not([${f.AUDIO}])) .spacer {
        flex-grow: 1;
      }

      
      :host(:-webkit-full-screen) {
        
        width: 100% !important;
        height: 100% !important;
      }

      
      ::slotted(:not([slot=media]):not([slot=poster]):not([${f.NO_AUTOHIDE}]):not([hidden]):not([role=dialog])) {
        opacity: 1;
        transition: var(--media-control-transition-in, opacity 0.25s);
      }

      
      :host([${f.USER_INACTIVE}]:not([${o.MEDIA_PAUSED}]):not([${o.MEDIA_IS_AIRPLAYING}]):not([${o.MEDIA_IS_CASTING}]):not([${f.AUDIO}])) ::slotted(:not([slot=media]):not([slot=poster]):not([${f.NO_AUTOHIDE}]):not([role=dialog])) {
        opacity: 0;
        transition: var(--media-control-transition-out, opacity 1s);
      }

      :host([${f.USER_INACTIVE}]:not([${f.NO_AUTOHIDE}]):not([${o.MEDIA_PAUSED}]):not([${o.MEDIA_IS_CASTING}]):not([${f.AUDIO}])) ::slotted([slot=media]) {
        cursor: none;
      }

      :host([${f.USER_INACTIVE}][${f.AUTOHIDE_OVER_CONTROLS}]:not([${f.NO_AUTOHIDE}]):not([${o.MEDIA_PAUSED}]):not([${o.MEDIA_IS_CASTING}]):not([${f.AUDIO}])) * {
        --media-cursor: none;
        cursor: none;
      }


      ::slotted(media-control-bar)  {
        align-self: stretch;
      }

      
      
      :host(:not([${f.AUDIO}])[${o.MEDIA_HAS_PLAYED}]) slot[name=poster],
      :host(:not([${f.AUDIO}])[${o.MEDIA_STREAM_TYPE}="${te.ON_DEMAND}"][${o.MEDIA_CURRENT_TIME}]:not([${o.MEDIA_CURRENT_TIME}="0"])) slot[name=poster] {
        display: none;
      }

      ::slotted([role=dialog]) {
        width: 100%;
        height: 100%;
        align-self: center;
      }

      ::slotted([role=menu]) {
        align-self: end;
      }
    </style>

    <slot name="media" part="layer media-layer"></slot>
    <slot name="poster" part="layer poster-layer"></slot>
    <slot name="gestures-chrome" part="layer gesture-layer">
      <media-gesture-receiver slot="gestures-chrome">
        <template shadowrootmode="${Nr.shadowRootOptions.mode}">
          ${Nr.getTemplateHTML({})}
        </template>
      </media-gesture-receiver>
    </slot>
    <span part="layer vertical-layer">
      <slot name="top-chrome" part="top chrome"></slot>
      <slot name="middle-chrome" part="middle chrome"></slot>
      <slot name="centered-chrome" part="layer centered-layer center centered chrome"></slot>
      
      <slot part="bottom chrome"></slot>
    </span>
    <slot name="dialog" part="layer dialog-layer"></slot>
  `}var cn=Object.values(o),hn="sm:384 md:576 lg:768 xl:960";function mn(t){Ds(t.target,t.contentRect.width)}function Ds(t,e){var i;if(!t.isConnected)return;let r=(i=t.getAttribute(f.BREAKPOINTS))!=null?i:hn,a=pn(r),s=En(a,e),n=!1;if(Object.keys(a).forEach(d=>{if(s.includes(d)){t.hasAttribute(`breakpoint${d}`)||(t.setAttribute(`breakpoint${d}`,""),n=!0);return}t.hasAttribute(`breakpoint${d}`)&&(t.removeAttribute(`breakpoint${d}`),n=!0)}),n){let d=new CustomEvent(Ge.BREAKPOINTS_CHANGE,{detail:s});t.dispatchEvent(d)}t.breakpointsComputed||(t.breakpointsComputed=!0,t.dispatchEvent(new CustomEvent(Ge.BREAKPOINTS_COMPUTED,{bubbles:!0,composed:!0})))}function pn(t){let e=t.split(/\s+/);return Object.fromEntries(e.map(i=>i.split(":")))}function En(t,e){return Object.keys(t).filter(i=>e>=parseInt(t[i]))}var qe=class extends l.HTMLElement{constructor(){if(super(),Z(this,Hr),Z(this,Wr),Z(this,Vt),Z(this,Li),Z(this,Et),Z(this,$t,void 0),Z(this,wi,0),Z(this,ct,null),Z(this,pt,null),Z(this,mt,void 0),this.breakpointsComputed=!1,Z(this,Fr,e=>{let i=this.media;for(let r of e){if(r.type!=="childList")continue;let a=r.removedNodes;for(let s of a){if(s.slot!="media"||r.target!=this)continue;let n=r.previousSibling&&r.previousSibling.previousElementSibling;if(!n||!i)this.mediaUnsetCallback(s);else{let d=n.slot!=="media";for(;(n=n.previousSibling)!==null;)n.slot=="media"&&(d=!1);d&&this.mediaUnsetCallback(s)}}if(i)for(let s of r.addedNodes)s===i&&this.handleMediaUpdated(i)}}),Z(this,ht,!1),Z(this,ki,e=>{P(this,ht)||(setTimeout(()=>{mn(e),ue(this,ht,!1)},0),ue(this,ht,!0))}),Z(this,Ce,void 0),Z(this,yi,()=>{if(!P(this,Ce).assignedElements({flatten:!0}).length){P(this,ct)&&this.mediaUnsetCallback(P(this,ct));return}this.handleMediaUpdated(this.media)}),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=V(this.attributes),i=this.constructor.getTemplateHTML(e);this.shadowRoot.setHTMLUnsafe?this.shadowRoot.setHTMLUnsafe(i):this.shadowRoot.innerHTML=i}ue(this,$t,new MutationObserver(P(this,Fr)))}static get observedAttributes(){return[f.AUTOHIDE,f.GESTURES_DISABLED].concat(cn).filter(e=>![o.MEDIA_RENDITION_LIST,o.MEDIA_AUDIO_TRACK_LIST,o.MEDIA_CHAPTERS_CUES,o.MEDIA_WIDTH,o.MEDIA_HEIGHT,o.MEDIA_ERROR,o.MEDIA_ERROR_MESSAGE].includes(e))}attributeChangedCallback(e,i,r){e.toLowerCase()==f.AUTOHIDE&&(this.autohide=r)}get media(){let e=this.querySelector(":scope > [slot=media]");return e?.nodeName=="SLOT"&&(e=e.assignedElements({flatten:!0})[0]),e}async handleMediaUpdated(e){e&&(ue(this,ct,e),e.localName.includes("-")&&await l.customElements.whenDefined(e.localName),this.mediaSetCallback(e))}connectedCallback(){var e;P(this,$t).observe(this,{childList:!0,subtree:!0}),Ti(this,P(this,ki));let r=this.getAttribute(f.AUDIO)!=null?T("audio player"):T("video player");this.setAttribute("role","region"),this.setAttribute("aria-label",r),this.handleMediaUpdated(this.media),this.setAttribute(f.USER_INACTIVE,""),Ds(this,this.getBoundingClientRect().width);let a=this.querySelector(":scope > slot[slot=media]");a&&(ue(this,Ce,a),P(this,Ce).addEventListener("slotchange",P(this,yi))),this.addEventListener("pointerdown",this),this.addEventListener("pointermove",this),this.addEventListener("pointerup",this),this.addEventListener("mouseleave",this),this.addEventListener("keyup",this),(e=l.window)==null||e.addEventListener("mouseup",this)}disconnectedCallback(){var e;Ai(this,P(this,ki)),clearTimeout(P(this,pt)),P(this,$t).disconnect(),this.media&&this.mediaUnsetCallback(this.media),(e=l.window)==null||e.removeEventListener("mouseup",this),this.removeEventListener("pointerdown",this),this.removeEventListener("pointermove",this),this.removeEventListener("pointerup",this),this.removeEventListener("mouseleave",this),this.removeEventListener("keyup",this),P(this,Ce)&&(P(this,Ce).removeEventListener("slotchange",P(this,yi)),ue(this,Ce,null)),ue(this,ht,!1)}mediaSetCallback(e){}mediaUnsetCallback(e){ue(this,ct,null)}handleEvent(e){switch(e.type){case"pointerdown":ue(this,wi,e.timeStamp);break;case"pointermove":ce(this,Hr,Ls).call(this,e);break;case"pointerup":ce(this,Wr,Rs).call(this,e);break;case"mouseleave":ce(this,Vt,Mi).call(this);break;case"mouseup":this.removeAttribute(f.KEYBOARD_CONTROL);break;case"keyup":ce(this,Et,Kt).call(this),this.setAttribute(f.KEYBOARD_CONTROL,"");break}}set autohide(e){let i=Number(e);ue(this,mt,isNaN(i)?0:i)}get autohide(){return(P(this,mt)===void 0?2:P(this,mt)).toString()}get breakpoints(){return U(this,f.BREAKPOINTS)}set breakpoints(e){D(this,f.BREAKPOINTS,e)}get audio(){return y(this,f.AUDIO)}set audio(e){w(this,f.AUDIO,e)}get gesturesDisabled(){return y(this,f.GESTURES_DISABLED)}set gesturesDisabled(e){w(this,f.GESTURES_DISABLED,e)}get keyboardControl(){return y(this,f.KEYBOARD_CONTROL)}set keyboardControl(e){w(this,f.KEYBOARD_CONTROL,e)}get noAutohide(){return y(this,f.NO_AUTOHIDE)}set noAutohide(e){w(this,f.NO_AUTOHIDE,e)}get autohideOverControls(){return y(this,f.AUTOHIDE_OVER_CONTROLS)}set autohideOverControls(e){w(this,f.AUTOHIDE_OVER_CONTROLS,e)}get userInteractive(){return y(this,f.USER_INACTIVE)}set userInteractive(e){w(this,f.USER_INACTIVE,e)}};$t=new WeakMap;wi=new WeakMap;ct=new WeakMap;pt=new WeakMap;mt=new WeakMap;Fr=new WeakMap;ht=new WeakMap;ki=new WeakMap;Hr=new WeakSet;Ls=function(t){if(t.pointerType!=="mouse"&&t.timeStamp-P(this,wi)<250)return;ce(this,Li,$r).call(this),clearTimeout(P(this,pt));let e=this.hasAttribute(f.AUTOHIDE_OVER_CONTROLS);([this,this.media].includes(t.target)||e)&&ce(this,Et,Kt).call(this)};Wr=new WeakSet;Rs=function(t){if(t.pointerType==="touch"){let e=!this.hasAttribute(f.USER_INACTIVE);[this,this.media].includes(t.target)&&e?ce(this,Vt,Mi).call(this):ce(this,Et,Kt).call(this)}else t.composedPath().some(e=>["media-play-button","media-fullscreen-button"].includes(e?.localName))&&ce(this,Et,Kt).call(this)};Vt=new WeakSet;Mi=function(){if(P(this,mt)<0||this.hasAttribute(f.USER_INACTIVE))return;this.setAttribute(f.USER_INACTIVE,"");let t=new l.CustomEvent(Ge.USER_INACTIVE_CHANGE,{composed:!0,bubbles:!0,detail:!0});this.dispatchEvent(t)};Li=new WeakSet;$r=function(){if(!this.hasAttribute(f.USER_INACTIVE))return;this.removeAttribute(f.USER_INACTIVE);let t=new l.CustomEvent(Ge.USER_INACTIVE_CHANGE,{composed:!0,bubbles:!0,detail:!1});this.dispatchEvent(t)};Et=new WeakSet;Kt=function(){ce(this,Li,$r).call(this),clearTimeout(P(this,pt));let t=parseInt(this.autohide);t<0||ue(this,pt,setTimeout(()=>{ce(this,Vt,Mi).call(this)},t*1e3))};Ce=new WeakMap;yi=new WeakMap;qe.shadowRootOptions={mode:"open"};qe.getTemplateHTML=un;l.customElements.get("media-container")||l.customElements.define("media-container",qe);var zr=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Qe=(t,e,i)=>(zr(t,e,"read from private field"),i?i.call(t):e.get(t)),we=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Xr=(t,e,i,r)=>(zr(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Ye=(t,e,i)=>(zr(t,e,"access private method"),i),Di,qt,ze,Ri,Vr,Kr,Cs,Gr,Os,qr,Us,Yr,xs,Qr,Ps;function vn(t){return`
    <style>
      :host {
        font: var(--media-font,
          var(--media-font-weight, normal)
          var(--media-font-size, 14px) /
          var(--media-text-content-height, var(--media-control-height, 24px))
          var(--media-font-family, helvetica neue, segoe ui, roboto, arial, sans-serif));
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        display: var(--media-dialog-display, inline-flex);
        justify-content: center;
        align-items: center;
        
        transition-behavior: allow-discrete;
        visibility: hidden;
        opacity: 0;
        transform: translateY(2px) scale(.99);
        pointer-events: none;
      }

      :host([open]) {
        transition: display .2s, visibility 0s, opacity .2s ease-out, transform .15s ease-out;
        visibility: visible;
        opacity: 1;
        transform: translateY(0) scale(1);
        pointer-events: auto;
      }

      #content {
        display: flex;
        position: relative;
        box-sizing: border-box;
        width: min(320px, 100%);
        word-wrap: break-word;
        max-height: 100%;
        overflow: auto;
        text-align: center;
        line-height: 1.4;
      }
    </style>
    ${this.getSlotTemplateHTML(t)}
  `}function fn(t){return`
    <slot id="content"></slot>
  `}var Gt={OPEN:"open",ANCHOR:"anchor"},Oe=class extends l.HTMLElement{constructor(){super(),we(this,Ri),we(this,Kr),we(this,Gr),we(this,qr),we(this,Yr),we(this,Qr),we(this,Di,!1),we(this,qt,null),we(this,ze,null)}static get observedAttributes(){return[Gt.OPEN,Gt.ANCHOR]}get open(){return y(this,Gt.OPEN)}set open(e){w(this,Gt.OPEN,e)}handleEvent(e){switch(e.type){case"invoke":Ye(this,qr,Us).call(this,e);break;case"focusout":Ye(this,Yr,xs).call(this,e);break;case"keydown":Ye(this,Qr,Ps).call(this,e);break}}connectedCallback(){Ye(this,Ri,Vr).call(this),this.role||(this.role="dialog"),this.addEventListener("invoke",this),this.addEventListener("focusout",this),this.addEventListener("keydown",this)}disconnectedCallback(){this.removeEventListener("invoke",this),this.removeEventListener("focusout",this),this.removeEventListener("keydown",this)}attributeChangedCallback(e,i,r){Ye(this,Ri,Vr).call(this),e===Gt.OPEN&&r!==i&&(this.open?Ye(this,Kr,Cs).call(this):Ye(this,Gr,Os).call(this))}focus(){Xr(this,qt,xr());let e=!this.dispatchEvent(new Event("focus",{composed:!0,cancelable:!0})),i=!this.dispatchEvent(new Event("focusin",{composed:!0,bubbles:!0,cancelable:!0}));if(e||i)return;let r=this.querySelector('[autofocus], [tabindex]:not([tabindex="-1"]), [role="menu"]');r?.focus()}get keysUsed(){return["Escape","Tab"]}};Di=new WeakMap;qt=new WeakMap;ze=new WeakMap;Ri=new WeakSet;Vr=function(){if(!Qe(this,Di)&&(Xr(this,Di,!0),!this.shadowRoot)){this.attachShadow(this.constructor.shadowRootOptions);let t=V(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(t),queueMicrotask(()=>{let{style:e}=R(this.shadowRoot,":host");e.setProperty("transition","display .15s, visibility .15s, opacity .15s ease-in, transform .15s ease-in")})}};Kr=new WeakSet;Cs=function(){var t;(t=Qe(this,ze))==null||t.setAttribute("aria-expanded","true"),this.dispatchEvent(new Event("open",{composed:!0,bubbles:!0})),this.addEventListener("transitionend",()=>this.focus(),{once:!0})};Gr=new WeakSet;Os=function(){var t;(t=Qe(this,ze))==null||t.setAttribute("aria-expanded","false"),this.dispatchEvent(new Event("close",{composed:!0,bubbles:!0}))};qr=new WeakSet;Us=function(t){Xr(this,ze,t.relatedTarget),ve(this,t.relatedTarget)||(this.open=!this.open)};Yr=new WeakSet;xs=function(t){var e;ve(this,t.relatedTarget)||((e=Qe(this,qt))==null||e.focus(),Qe(this,ze)&&Qe(this,ze)!==t.relatedTarget&&this.open&&(this.open=!1))};Qr=new WeakSet;Ps=function(t){var e,i,r,a,s;let{key:n,ctrlKey:d,altKey:u,metaKey:S}=t;d||u||S||this.keysUsed.includes(n)&&(t.preventDefault(),t.stopPropagation(),n==="Tab"?(t.shiftKey?(i=(e=this.previousElementSibling)==null?void 0:e.focus)==null||i.call(e):(a=(r=this.nextElementSibling)==null?void 0:r.focus)==null||a.call(r),this.blur()):n==="Escape"&&((s=Qe(this,qt))==null||s.focus(),this.open=!1))};Oe.shadowRootOptions={mode:"open"};Oe.getTemplateHTML=vn;Oe.getSlotTemplateHTML=fn;l.customElements.get("media-chrome-dialog")||l.customElements.define("media-chrome-dialog",Oe);var _n=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Ue=(t,e,i)=>(_n(t,e,"read from private field"),i?i.call(t):e.get(t)),Ns=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},vt,ft,Yt={HOTKEYS:"hotkeys"},gn=[{keys:[{key:" ",label:"Space"},{key:"k"}],description:"Toggle Playback"},{keys:[{key:"m"}],description:"Toggle mute"},{keys:[{key:"f"}],description:"Toggle fullscreen"},{keys:[{key:"c"}],description:"Toggle captions or subtitles, if available"},{keys:[{key:"p"}],description:"Toggle Picture in Picture"},{keys:[{key:"ArrowLeft",label:"←"},{key:"j"}],description:"Seek back 10s"},{keys:[{key:"ArrowRight",label:"→"},{key:"l"}],description:"Seek forward 10s"},{keys:[{key:"ArrowUp",label:"↑"}],description:"Turn volume up"},{keys:[{key:"ArrowDown",label:"↓"}],description:"Turn volume down"},{keys:[{key:"<",label:"< (SHIFT+,)"}],description:"Decrease playback rate"},{keys:[{key:">",label:"> (SHIFT+.)"}],description:"Increase playback rate"},{keys:[{key:"shift+/",label:"SHIFT+/"}],description:"Show keyboard shortcuts"}];function Oi(t){return t===" "?"nospace":`no${t.toLowerCase()}`}function bn(t){let e=new Set(t?.split(/\s+/));return gn.map(({keys:i,description:r})=>({keys:i.filter(({key:a})=>!e.has(Oi(a))),description:r})).filter(({keys:i})=>i.length)}function Tn(t){return`
    <style>
      :host {
        position: fixed;
        top: 0;
        left: 0;
        z-index: 9999;
        background: rgb(20 20 30 / .8);
        backdrop-filter: blur(10px);
      }

      #content {
        display: block;
        width: clamp(400px, 40vw, 700px);
        max-width: 90vw;
        text-align: left;
      }

      h2 {
        margin: 0 0 1.5rem 0;
        font-size: 1.5rem;
        font-weight: 500;
        text-align: center;
      }

      .shortcuts-table {
        width: 100%;
        border-collapse: collapse;
      }

      .shortcuts-table tr {
        border-bottom: 1px solid rgba(255, 255, 255, 0.1);
      }

      .shortcuts-table tr:last-child {
        border-bottom: none;
      }

      .shortcuts-table td {
        padding: 0.75rem 0.5rem;
      }

      .shortcuts-table td:first-child {
        text-align: right;
        padding-right: 1rem;
        width: 40%;
        min-width: 120px;
      }

      .shortcuts-table td:last-child {
        padding-left: 1rem;
      }

      .key {
        display: inline-block;
        background: rgba(255, 255, 255, 0.15);
        border: 1px solid rgba(255, 255, 255, 0.2);
        border-radius: 4px;
        padding: 0.25rem 0.5rem;
        font-family: 'Courier New', monospace;
        font-size: 0.9rem;
        font-weight: 500;
        min-width: 1.5rem;
        text-align: center;
        margin: 0 0.2rem;
      }

      .description {
        color: rgba(255, 255, 255, 0.9);
        font-size: 0.95rem;
      }

      .key-combo {
        display: flex;
        align-items: center;
        justify-content: flex-end;
        gap: 0.3rem;
      }

      .key-separator {
        color: rgba(255, 255, 255, 0.5);
        font-size: 0.9rem;
      }
    </style>
    <slot id="content">
      ${Fs(t[Yt.HOTKEYS])}
    </slot>
  `}function Fs(t){return`
    <h2>Keyboard Shortcuts</h2>
    <table class="shortcuts-table">${bn(t).map(({keys:i,description:r})=>`
        <tr>
          <td>
            <div class="key-combo">${i.map(({key:s,label:n=s},d)=>d>0?`<span class="key-separator">or</span><span class="key">${n}</span>`:`<span class="key">${n}</span>`).join("")}</div>
          </td>
          <td class="description">${r}</td>
        </tr>
      `).join("")}</table>
  `}var Ci=class extends Oe{constructor(){super(...arguments),Ns(this,vt,e=>{var i;if(!this.open)return;let r=(i=this.shadowRoot)==null?void 0:i.querySelector("#content");if(!r)return;let a=e.composedPath(),s=a[0]===this||a.includes(this),n=a.includes(r);s&&!n&&(this.open=!1)}),Ns(this,ft,e=>{if(!this.open)return;let i=e.shiftKey&&(e.key==="/"||e.key==="?");(e.key==="Escape"||i)&&!e.ctrlKey&&!e.altKey&&!e.metaKey&&(this.open=!1,e.preventDefault(),e.stopPropagation())})}static get observedAttributes(){return[...super.observedAttributes,Yt.HOTKEYS]}get hotkeys(){var e;return(e=U(this,Yt.HOTKEYS))!=null?e:void 0}set hotkeys(e){D(this,Yt.HOTKEYS,e)}connectedCallback(){super.connectedCallback(),this.open&&(this.addEventListener("click",Ue(this,vt)),document.addEventListener("keydown",Ue(this,ft)))}disconnectedCallback(){this.removeEventListener("click",Ue(this,vt)),document.removeEventListener("keydown",Ue(this,ft))}attributeChangedCallback(e,i,r){var a;if(super.attributeChangedCallback(e,i,r),e==="open")this.open?(this.addEventListener("click",Ue(this,vt)),document.addEventListener("keydown",Ue(this,ft))):(this.removeEventListener("click",Ue(this,vt)),document.removeEventListener("keydown",Ue(this,ft)));else if(e===Yt.HOTKEYS&&r!==i){let s=(a=this.shadowRoot)==null?void 0:a.querySelector("#content");s&&(s.innerHTML=Fs(r))}}};vt=new WeakMap;ft=new WeakMap;Ci.getSlotTemplateHTML=Tn;l.customElements.get("media-keyboard-shortcuts-dialog")||l.customElements.define("media-keyboard-shortcuts-dialog",Ci);var Hs=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},K=(t,e,i)=>(Hs(t,e,"read from private field"),i?i.call(t):e.get(t)),Qt=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Ui=(t,e,i,r)=>(Hs(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),_t,gt,xi,Xe,Me,xe,Pi=class{constructor(e,i,{defaultValue:r}={defaultValue:void 0}){Qt(this,Me),Qt(this,_t,void 0),Qt(this,gt,void 0),Qt(this,xi,void 0),Qt(this,Xe,new Set),Ui(this,_t,e),Ui(this,gt,i),Ui(this,xi,new Set(r))}[Symbol.iterator](){return K(this,Me,xe).values()}get length(){return K(this,Me,xe).size}get value(){var e;return(e=[...K(this,Me,xe)].join(" "))!=null?e:""}set value(e){var i;e!==this.value&&(Ui(this,Xe,new Set),this.add(...(i=e?.split(" "))!=null?i:[]))}toString(){return this.value}item(e){return[...K(this,Me,xe)][e]}values(){return K(this,Me,xe).values()}forEach(e,i){K(this,Me,xe).forEach(e,i)}add(...e){var i,r;e.forEach(a=>K(this,Xe).add(a)),!(this.value===""&&!((i=K(this,_t))!=null&&i.hasAttribute(`${K(this,gt)}`)))&&((r=K(this,_t))==null||r.setAttribute(`${K(this,gt)}`,`${this.value}`))}remove(...e){var i;e.forEach(r=>K(this,Xe).delete(r)),(i=K(this,_t))==null||i.setAttribute(`${K(this,gt)}`,`${this.value}`)}contains(e){return K(this,Me,xe).has(e)}toggle(e,i){return typeof i<"u"?i?(this.add(e),!0):(this.remove(e),!1):this.contains(e)?(this.remove(e),!1):(this.add(e),!0)}replace(e,i){return this.remove(e),this.add(i),e===i}};_t=new WeakMap;gt=new WeakMap;xi=new WeakMap;Xe=new WeakMap;Me=new WeakSet;xe=function(){return K(this,Xe).size?K(this,Xe):K(this,xi)};function Ws(t){return t?.map(An).join(" ")}function An(t){if(t){let{id:e,width:i,height:r}=t;return[e,i,r].filter(a=>a!=null).join(":")}}function Bs(t){return t?.map(Sn).join(" ")}function Sn(t){if(t){let{id:e,kind:i,language:r,label:a}=t;return[e,i,r,a].filter(s=>s!=null).join(":")}}function bt(t){return typeof t=="number"&&!Number.isNaN(t)&&Number.isFinite(t)}var Ni=t=>new Promise(e=>setTimeout(e,t));var In=(t="")=>t.split(/\s+/),$s=(t="")=>{let[e,i,r]=t.split(":"),a=r?decodeURIComponent(r):void 0;return{kind:e==="cc"?J.CAPTIONS:J.SUBTITLES,language:i,label:a}},Zr=(t="",e={})=>In(t).map(i=>{let r=$s(i);return{...e,...r}}),Jr=t=>t?Array.isArray(t)?t.map(e=>typeof e=="string"?$s(e):e):typeof t=="string"?Zr(t):[t]:[],kn=({kind:t,label:e,language:i}={kind:"subtitles"})=>e?`${t==="captions"?"cc":"sb"}:${i}:${encodeURIComponent(e)}`:i,zt=(t=[])=>Array.prototype.map.call(t,kn).join(" "),yn=(t,e)=>i=>i[t]===e,Vs=t=>{let e=Object.entries(t).map(([i,r])=>yn(i,r));return i=>e.every(r=>r(i))},Ze=(t,e=[],i=[])=>{let r=Jr(i).map(Vs),a=s=>r.some(n=>n(s));Array.from(e).filter(a).forEach(s=>{s.mode=t})},Je=(t,e=()=>!0)=>{if(!t?.textTracks)return[];let i=typeof e=="function"?e:Vs(e);return Array.from(t.textTracks).filter(i)},Ks=t=>{var e;return!!((e=t.mediaSubtitlesShowing)!=null&&e.length)||t.hasAttribute(o.MEDIA_SUBTITLES_SHOWING)};var qs=t=>{var e;let{media:i,fullscreenElement:r}=t;try{let a=r&&"requestFullscreen"in r?"requestFullscreen":r&&"webkitRequestFullScreen"in r?"webkitRequestFullScreen":void 0;if(a){let s=(e=r[a])==null?void 0:e.call(r);if(s instanceof Promise)return s.catch(()=>{})}else i?.webkitEnterFullscreen?i.webkitEnterFullscreen():i?.requestFullscreen&&i.requestFullscreen()}catch(a){console.error(a)}},Gs="exitFullscreen"in F?"exitFullscreen":"webkitExitFullscreen"in F?"webkitExitFullscreen":"webkitCancelFullScreen"in F?"webkitCancelFullScreen":void 0,Ys=t=>{var e;let{documentElement:i}=t;if(Gs){let r=(e=i?.[Gs])==null?void 0:e.call(i);if(r instanceof Promise)return r.catch(()=>{})}},Xt="fullscreenElement"in F?"fullscreenElement":"webkitFullscreenElement"in F?"webkitFullscreenElement":void 0,wn=t=>{let{documentElement:e,media:i}=t,r=e?.[Xt];return!r&&"webkitDisplayingFullscreen"in i&&"webkitPresentationMode"in i&&i.webkitDisplayingFullscreen&&i.webkitPresentationMode===fs.FULLSCREEN?i:r},Qs=t=>{var e;let{media:i,documentElement:r,fullscreenElement:a=i}=t;if(!i||!r)return!1;let s=wn(t);if(!s)return!1;if(s===a||s===i)return!0;if(s.localName.includes("-")){let n=s.shadowRoot;if(!(Xt in n))return ve(s,a);for(;n?.[Xt];){if(n[Xt]===a)return!0;n=(e=n[Xt])==null?void 0:e.shadowRoot}}return!1},Mn="fullscreenEnabled"in F?"fullscreenEnabled":"webkitFullscreenEnabled"in F?"webkitFullscreenEnabled":void 0,zs=t=>{let{documentElement:e,media:i}=t;return!!e?.[Mn]||i&&"webkitSupportsFullscreen"in i};var Fi,jr=()=>{var t,e;return Fi||(Fi=(e=(t=F)==null?void 0:t.createElement)==null?void 0:e.call(t,"video"),Fi)},Xs=async(t=jr())=>{if(!t)return!1;let e=t.volume;t.volume=e/2+.1;let i=new AbortController,r=await Promise.race([Ln(t,i.signal),Rn(t,e)]);return i.abort(),r},Ln=(t,e)=>new Promise(i=>{t.addEventListener("volumechange",()=>i(!0),{signal:e})}),Rn=async(t,e)=>{for(let i=0;i<10;i++){if(t.volume===e)return!1;await Ni(10)}return t.volume!==e},Dn=/.*Version\/.*Safari\/.*/.test(l.navigator.userAgent),ea=(t=jr())=>l.matchMedia("(display-mode: standalone)").matches&&Dn?!1:typeof t?.requestPictureInPicture=="function",ta=(t=jr())=>zs({documentElement:F,media:t}),Zs=ta(),Js=ea(),js=!!l.WebKitPlaybackTargetAvailabilityEvent,eo=!!l.chrome;var Tt=t=>Je(t.media,e=>[J.SUBTITLES,J.CAPTIONS].includes(e.kind)).sort((e,i)=>e.kind>=i.kind?1:-1),ia=t=>Je(t.media,e=>e.mode===Re.SHOWING&&[J.SUBTITLES,J.CAPTIONS].includes(e.kind)),Hi=(t,e)=>{let i=Tt(t),r=ia(t),a=!!r.length;if(i.length){if(e===!1||a&&e!==!0)Ze(Re.DISABLED,i,r);else if(e===!0||!a&&e!==!1){let s=i[0],{options:n}=t;if(!n?.noSubtitlesLangPref){let A=l.localStorage.getItem("media-chrome-pref-subtitles-lang"),g=A?[A,...l.navigator.languages]:l.navigator.languages,v=i.filter(h=>g.some(_=>h.language.toLowerCase().startsWith(_.split("-")[0]))).sort((h,_)=>{let E=g.findIndex(b=>h.language.toLowerCase().startsWith(b.split("-")[0])),I=g.findIndex(b=>_.language.toLowerCase().startsWith(b.split("-")[0]));return E-I});v[0]&&(s=v[0])}let{language:d,label:u,kind:S}=s;Ze(Re.DISABLED,i,r),Ze(Re.SHOWING,i,[{language:d,label:u,kind:S}])}}},Wi=(t,e)=>t===e?!0:t==null||e==null||typeof t!=typeof e?!1:typeof t=="number"&&Number.isNaN(t)&&Number.isNaN(e)?!0:typeof t!="object"?!1:Array.isArray(t)?Cn(t,e):Object.entries(t).every(([i,r])=>i in e&&Wi(r,e[i])),Cn=(t,e)=>{let i=Array.isArray(t),r=Array.isArray(e);return i!==r?!1:i||r?t.length!==e.length?!1:t.every((a,s)=>Wi(a,e[s])):!0};var On=Object.values(te),Bi,Un=Xs().then(t=>(Bi=t,Bi)),to=async(...t)=>{await Promise.all(t.filter(e=>e).map(async e=>{if(!("localName"in e&&e instanceof l.HTMLElement))return;let i=e.localName;if(!i.includes("-"))return;let r=l.customElements.get(i);r&&e instanceof r||(await l.customElements.whenDefined(i),l.customElements.upgrade(e))}))},xn=new l.DOMParser,Pn=t=>t&&(xn.parseFromString(t,"text/html").body.textContent||t),At={mediaError:{get(t,e){let{media:i}=t;if(e?.type!=="playing")return i?.error},mediaEvents:["emptied","error","playing"]},mediaErrorCode:{get(t,e){var i;let{media:r}=t;if(e?.type!=="playing")return(i=r?.error)==null?void 0:i.code},mediaEvents:["emptied","error","playing"]},mediaErrorMessage:{get(t,e){var i,r;let{media:a}=t;if(e?.type!=="playing")return(r=(i=a?.error)==null?void 0:i.message)!=null?r:""},mediaEvents:["emptied","error","playing"]},mediaWidth:{get(t){var e;let{media:i}=t;return(e=i?.videoWidth)!=null?e:0},mediaEvents:["resize"]},mediaHeight:{get(t){var e;let{media:i}=t;return(e=i?.videoHeight)!=null?e:0},mediaEvents:["resize"]},mediaPaused:{get(t){var e;let{media:i}=t;return(e=i?.paused)!=null?e:!0},set(t,e){var i;let{media:r}=e;r&&(t?r.pause():(i=r.play())==null||i.catch(()=>{}))},mediaEvents:["play","playing","pause","emptied"]},mediaHasPlayed:{get(t,e){let{media:i}=t;return i?e?e.type==="playing":!i.paused:!1},mediaEvents:["playing","emptied"]},mediaEnded:{get(t){var e;let{media:i}=t;return(e=i?.ended)!=null?e:!1},mediaEvents:["seeked","ended","emptied"]},mediaPlaybackRate:{get(t){var e;let{media:i}=t;return(e=i?.playbackRate)!=null?e:1},set(t,e){let{media:i}=e;i&&Number.isFinite(+t)&&(i.playbackRate=+t)},mediaEvents:["ratechange","loadstart"]},mediaMuted:{get(t){var e;let{media:i}=t;return(e=i?.muted)!=null?e:!1},set(t,e){let{media:i,options:{noMutedPref:r}={}}=e;if(i){i.muted=t;try{let a=l.localStorage.getItem("media-chrome-pref-muted")!==null,s=i.hasAttribute("muted");if(r){a&&l.localStorage.removeItem("media-chrome-pref-muted");return}if(s&&!a)return;l.localStorage.setItem("media-chrome-pref-muted",t?"true":"false")}catch(a){console.debug("Error setting muted pref",a)}}},mediaEvents:["volumechange"],stateOwnersUpdateHandlers:[(t,e)=>{let{options:{noMutedPref:i}}=e,{media:r}=e;if(!(!r||r.muted||i))try{let a=l.localStorage.getItem("media-chrome-pref-muted")==="true";At.mediaMuted.set(a,e),t(a)}catch(a){console.debug("Error getting muted pref",a)}}]},mediaLoop:{get(t){let{media:e}=t;return e?.loop},set(t,e){let{media:i}=e;i&&(i.loop=t)},mediaEvents:["medialooprequest"]},mediaVolume:{get(t){var e;let{media:i}=t;return(e=i?.volume)!=null?e:1},set(t,e){let{media:i,options:{noVolumePref:r}={}}=e;if(i){try{t==null?l.localStorage.removeItem("media-chrome-pref-volume"):!i.hasAttribute("muted")&&!r&&l.localStorage.setItem("media-chrome-pref-volume",t.toString())}catch(a){console.debug("Error setting volume pref",a)}Number.isFinite(+t)&&(i.volume=+t)}},mediaEvents:["volumechange"],stateOwnersUpdateHandlers:[(t,e)=>{let{options:{noVolumePref:i}}=e;if(!i)try{let{media:r}=e;if(!r)return;let a=l.localStorage.getItem("media-chrome-pref-volume");if(a==null)return;At.mediaVolume.set(+a,e),t(+a)}catch(r){console.debug("Error getting volume pref",r)}}]},mediaVolumeLevel:{get(t){let{media:e}=t;return typeof e?.volume>"u"?"high":e.muted||e.volume===0?"off":e.volume<.5?"low":e.volume<.75?"medium":"high"},mediaEvents:["volumechange"]},mediaCurrentTime:{get(t){var e;let{media:i}=t;return(e=i?.currentTime)!=null?e:0},set(t,e){let{media:i}=e;!i||!bt(t)||(i.currentTime=t)},mediaEvents:["timeupdate","loadedmetadata","seeking"]},mediaDuration:{get(t){let{media:e,options:{defaultDuration:i}={}}=t;return i&&(!e||!e.duration||Number.isNaN(e.duration)||!Number.isFinite(e.duration))?i:Number.isFinite(e?.duration)?e.duration:Number.NaN},mediaEvents:["durationchange","loadedmetadata","emptied"]},mediaLoading:{get(t){let{media:e}=t;return e?.readyState<3},mediaEvents:["waiting","playing","emptied"]},mediaSeekable:{get(t){var e;let{media:i}=t;if(!((e=i?.seekable)!=null&&e.length))return;let r=i.seekable.start(0),a=i.seekable.end(i.seekable.length-1);if(!(!r&&!a))return[Number(r.toFixed(3)),Number(a.toFixed(3))]},mediaEvents:["loadedmetadata","emptied","progress","seekablechange"]},mediaBuffered:{get(t){var e;let{media:i}=t,r=(e=i?.buffered)!=null?e:[];return Array.from(r).map((a,s)=>[Number(r.start(s).toFixed(3)),Number(r.end(s).toFixed(3))])},mediaEvents:["progress","emptied"]},mediaStreamType:{get(t){let{media:e,options:{defaultStreamType:i}={}}=t,r=[te.LIVE,te.ON_DEMAND].includes(i)?i:void 0;if(!e)return r;let{streamType:a}=e;if(On.includes(a))return a===te.UNKNOWN?r:a;let s=e.duration;return s===1/0?te.LIVE:Number.isFinite(s)?te.ON_DEMAND:r},mediaEvents:["emptied","durationchange","loadedmetadata","streamtypechange"]},mediaTargetLiveWindow:{get(t){let{media:e}=t;if(!e)return Number.NaN;let{targetLiveWindow:i}=e,r=At.mediaStreamType.get(t);return(i==null||Number.isNaN(i))&&r===te.LIVE?0:i},mediaEvents:["emptied","durationchange","loadedmetadata","streamtypechange","targetlivewindowchange"]},mediaTimeIsLive:{get(t){let{media:e,options:{liveEdgeOffset:i=10}={}}=t;if(!e)return!1;if(typeof e.liveEdgeStart=="number")return Number.isNaN(e.liveEdgeStart)?!1:e.currentTime>=e.liveEdgeStart;if(!(At.mediaStreamType.get(t)===te.LIVE))return!1;let a=e.seekable;if(!a)return!0;if(!a.length)return!1;let s=a.end(a.length-1)-i;return e.currentTime>=s},mediaEvents:["playing","timeupdate","progress","waiting","emptied"]},mediaSubtitlesList:{get(t){return Tt(t).map(({kind:e,label:i,language:r})=>({kind:e,label:i,language:r}))},mediaEvents:["loadstart"],textTracksEvents:["addtrack","removetrack"]},mediaSubtitlesShowing:{get(t){return ia(t).map(({kind:e,label:i,language:r})=>({kind:e,label:i,language:r}))},mediaEvents:["loadstart"],textTracksEvents:["addtrack","removetrack","change"],stateOwnersUpdateHandlers:[(t,e)=>{var i,r;let{media:a,options:s}=e;if(!a)return;let n=d=>{var u;!s.defaultSubtitles||d&&![J.CAPTIONS,J.SUBTITLES].includes((u=d?.track)==null?void 0:u.kind)||Hi(e,!0)};return a.addEventListener("loadstart",n),(i=a.textTracks)==null||i.addEventListener("addtrack",n),(r=a.textTracks)==null||r.addEventListener("removetrack",n),()=>{var d,u;a.removeEventListener("loadstart",n),(d=a.textTracks)==null||d.removeEventListener("addtrack",n),(u=a.textTracks)==null||u.removeEventListener("removetrack",n)}}]},mediaChaptersCues:{get(t){var e;let{media:i}=t;if(!i)return[];let[r]=Je(i,{kind:J.CHAPTERS});return Array.from((e=r?.cues)!=null?e:[]).map(({text:a,startTime:s,endTime:n})=>({text:Pn(a),startTime:s,endTime:n}))},mediaEvents:["loadstart","loadedmetadata"],textTracksEvents:["addtrack","removetrack","change"],stateOwnersUpdateHandlers:[(t,e)=>{var i;let{media:r}=e;if(!r)return;let a=r.querySelector('track[kind="chapters"][default][src]'),s=(i=r.shadowRoot)==null?void 0:i.querySelector(':is(video,audio) > track[kind="chapters"][default][src]');return a?.addEventListener("load",t),s?.addEventListener("load",t),()=>{a?.removeEventListener("load",t),s?.removeEventListener("load",t)}}]},mediaIsPip:{get(t){var e,i;let{media:r,documentElement:a}=t;if(!r||!a||!a.pictureInPictureElement)return!1;if(a.pictureInPictureElement===r)return!0;if(a.pictureInPictureElement instanceof HTMLMediaElement)return(e=r.localName)!=null&&e.includes("-")?ve(r,a.pictureInPictureElement):!1;if(a.pictureInPictureElement.localName.includes("-")){let s=a.pictureInPictureElement.shadowRoot;for(;s?.pictureInPictureElement;){if(s.pictureInPictureElement===r)return!0;s=(i=s.pictureInPictureElement)==null?void 0:i.shadowRoot}}return!1},set(t,e){let{media:i}=e;if(i)if(t){if(!F.pictureInPictureEnabled){console.warn("MediaChrome: Picture-in-picture is not enabled");return}if(!i.requestPictureInPicture){console.warn("MediaChrome: The current media does not support picture-in-picture");return}let r=()=>{console.warn("MediaChrome: The media is not ready for picture-in-picture. It must have a readyState > 0.")};i.requestPictureInPicture().catch(a=>{if(a.code===11){if(!i.src){console.warn("MediaChrome: The media is not ready for picture-in-picture. It must have a src set.");return}if(i.readyState===0&&i.preload==="none"){let s=()=>{i.removeEventListener("loadedmetadata",n),i.preload="none"},n=()=>{i.requestPictureInPicture().catch(r),s()};i.addEventListener("loadedmetadata",n),i.preload="metadata",setTimeout(()=>{i.readyState===0&&r(),s()},1e3)}else throw a}else throw a})}else F.pictureInPictureElement&&F.exitPictureInPicture()},mediaEvents:["enterpictureinpicture","leavepictureinpicture"]},mediaRenditionList:{get(t){var e;let{media:i}=t;return[...(e=i?.videoRenditions)!=null?e:[]].map(r=>({...r}))},mediaEvents:["emptied","loadstart"],videoRenditionsEvents:["addrendition","removerendition"]},mediaRenditionSelected:{get(t){var e,i,r;let{media:a}=t;return(r=(i=a?.videoRenditions)==null?void 0:i[(e=a.videoRenditions)==null?void 0:e.selectedIndex])==null?void 0:r.id},set(t,e){let{media:i}=e;if(!i?.videoRenditions){console.warn("MediaController: Rendition selection not supported by this media.");return}let r=t,a=Array.prototype.findIndex.call(i.videoRenditions,s=>s.id==r);i.videoRenditions.selectedIndex!=a&&(i.videoRenditions.selectedIndex=a)},mediaEvents:["emptied"],videoRenditionsEvents:["addrendition","removerendition","change"]},mediaAudioTrackList:{get(t){var e;let{media:i}=t;return[...(e=i?.audioTracks)!=null?e:[]]},mediaEvents:["emptied","loadstart"],audioTracksEvents:["addtrack","removetrack"]},mediaAudioTrackEnabled:{get(t){var e,i;let{media:r}=t;return(i=[...(e=r?.audioTracks)!=null?e:[]].find(a=>a.enabled))==null?void 0:i.id},set(t,e){let{media:i}=e;if(!i?.audioTracks){console.warn("MediaChrome: Audio track selection not supported by this media.");return}let r=t;for(let a of i.audioTracks)a.enabled=r==a.id},mediaEvents:["emptied"],audioTracksEvents:["addtrack","removetrack","change"]},mediaIsFullscreen:{get(t){return Qs(t)},set(t,e,i){var r,a;t?(qs(e),i.detail&&!((r=e.media)!=null&&r.inert)&&((a=e.media)==null||a.focus())):Ys(e)},rootEvents:["fullscreenchange","webkitfullscreenchange"],mediaEvents:["webkitbeginfullscreen","webkitendfullscreen","webkitpresentationmodechanged"]},mediaIsCasting:{get(t){var e;let{media:i}=t;return!i?.remote||((e=i.remote)==null?void 0:e.state)==="disconnected"?!1:i.remote.state==="connected"},set(t,e){var i,r;let{media:a}=e;if(a&&!(t&&((i=a.remote)==null?void 0:i.state)!=="disconnected")&&!(!t&&((r=a.remote)==null?void 0:r.state)!=="connected")){if(typeof a.remote.prompt!="function"){console.warn("MediaChrome: Casting is not supported in this environment");return}a.remote.prompt().catch(()=>{})}},remoteEvents:["connect","connecting","disconnect"]},mediaIsAirplaying:{get(){return!1},set(t,e){let{media:i}=e;if(i){if(!(i.webkitShowPlaybackTargetPicker&&l.WebKitPlaybackTargetAvailabilityEvent)){console.error("MediaChrome: received a request to select AirPlay but AirPlay is not supported in this environment");return}i.webkitShowPlaybackTargetPicker()}},mediaEvents:["webkitcurrentplaybacktargetiswirelesschanged"]},mediaFullscreenUnavailable:{get(t){let{media:e}=t;if(!Zs||!ta(e))return j.UNSUPPORTED}},mediaPipUnavailable:{get(t){let{media:e}=t;if(!Js||!ea(e))return j.UNSUPPORTED;if(e?.disablePictureInPicture)return j.UNAVAILABLE}},mediaVolumeUnavailable:{get(t){let{media:e}=t;if(Bi===!1||e?.volume==null)return j.UNSUPPORTED},stateOwnersUpdateHandlers:[t=>{Bi==null&&Un.then(e=>t(e?void 0:j.UNSUPPORTED))}]},mediaCastUnavailable:{get(t,{availability:e="not-available"}={}){var i;let{media:r}=t;if(!eo||!((i=r?.remote)!=null&&i.state))return j.UNSUPPORTED;if(!(e==null||e==="available"))return j.UNAVAILABLE},stateOwnersUpdateHandlers:[(t,e)=>{var i;let{media:r}=e;return r?(r.disableRemotePlayback||r.hasAttribute("disableremoteplayback")||(i=r?.remote)==null||i.watchAvailability(s=>{t({availability:s?"available":"not-available"})}).catch(s=>{s.name==="NotSupportedError"?t({availability:null}):t({availability:"not-available"})}),()=>{var s;(s=r?.remote)==null||s.cancelWatchAvailability().catch(()=>{})}):void 0}]},mediaAirplayUnavailable:{get(t,e){if(!js)return j.UNSUPPORTED;if(e?.availability==="not-available")return j.UNAVAILABLE},mediaEvents:["webkitplaybacktargetavailabilitychanged"],stateOwnersUpdateHandlers:[(t,e)=>{var i;let{media:r}=e;return r?(r.disableRemotePlayback||r.hasAttribute("disableremoteplayback")||(i=r?.remote)==null||i.watchAvailability(s=>{t({availability:s?"available":"not-available"})}).catch(s=>{s.name==="NotSupportedError"?t({availability:null}):t({availability:"not-available"})}),()=>{var s;(s=r?.remote)==null||s.cancelWatchAvailability().catch(()=>{})}):void 0}]},mediaRenditionUnavailable:{get(t){var e;let{media:i}=t;if(!i?.videoRenditions)return j.UNSUPPORTED;if(!((e=i.videoRenditions)!=null&&e.length))return j.UNAVAILABLE},mediaEvents:["emptied","loadstart"],videoRenditionsEvents:["addrendition","removerendition"]},mediaAudioTrackUnavailable:{get(t){var e,i;let{media:r}=t;if(!r?.audioTracks)return j.UNSUPPORTED;if(((i=(e=r.audioTracks)==null?void 0:e.length)!=null?i:0)<=1)return j.UNAVAILABLE},mediaEvents:["emptied","loadstart"],audioTracksEvents:["addtrack","removetrack"]},mediaLang:{get(t){let{options:{mediaLang:e}={}}=t;return e??"en"}}};var io={[m.MEDIA_PREVIEW_REQUEST](t,e,{detail:i}){var r,a,s;let{media:n}=e,d=i??void 0,u,S;if(n&&d!=null){let[h]=Je(n,{kind:J.METADATA,label:"thumbnails"}),_=Array.prototype.find.call((r=h?.cues)!=null?r:[],(E,I,b)=>I===0?E.endTime>d:I===b.length-1?E.startTime<=d:E.startTime<=d&&E.endTime>d);if(_){let E=/'^(?:[a-z]+:)?\/\//i.test(_.text)||(a=n?.querySelector('track[label="thumbnails"]'))==null?void 0:a.src,I=new URL(_.text,E);S=new URLSearchParams(I.hash).get("#xywh").split(",").map(X=>+X),u=I.href}}let A=t.mediaDuration.get(e),v=(s=t.mediaChaptersCues.get(e).find((h,_,E)=>_===E.length-1&&A===h.endTime?h.startTime<=d&&h.endTime>=d:h.startTime<=d&&h.endTime>d))==null?void 0:s.text;return i!=null&&v==null&&(v=""),{mediaPreviewTime:d,mediaPreviewImage:u,mediaPreviewCoords:S,mediaPreviewChapter:v}},[m.MEDIA_PAUSE_REQUEST](t,e){t["mediaPaused"].set(!0,e)},[m.MEDIA_PLAY_REQUEST](t,e){var i,r,a,s;let n="mediaPaused",u=t.mediaStreamType.get(e)===te.LIVE,S=!((i=e.options)!=null&&i.noAutoSeekToLive),A=t.mediaTargetLiveWindow.get(e)>0;if(u&&S&&!A){let g=(r=t.mediaSeekable.get(e))==null?void 0:r[1];if(g){let v=(s=(a=e.options)==null?void 0:a.seekToLiveOffset)!=null?s:0,h=g-v;t.mediaCurrentTime.set(h,e)}}t[n].set(!1,e)},[m.MEDIA_PLAYBACK_RATE_REQUEST](t,e,{detail:i}){let r="mediaPlaybackRate",a=i;t[r].set(a,e)},[m.MEDIA_MUTE_REQUEST](t,e){t["mediaMuted"].set(!0,e)},[m.MEDIA_UNMUTE_REQUEST](t,e){let i="mediaMuted";t.mediaVolume.get(e)||t.mediaVolume.set(.25,e),t[i].set(!1,e)},[m.MEDIA_LOOP_REQUEST](t,e,{detail:i}){let r="mediaLoop",a=!!i;return t[r].set(a,e),{mediaLoop:a}},[m.MEDIA_VOLUME_REQUEST](t,e,{detail:i}){let r="mediaVolume",a=i;a&&t.mediaMuted.get(e)&&t.mediaMuted.set(!1,e),t[r].set(a,e)},[m.MEDIA_SEEK_REQUEST](t,e,{detail:i}){let r="mediaCurrentTime",a=i;t[r].set(a,e)},[m.MEDIA_SEEK_TO_LIVE_REQUEST](t,e){var i,r,a;let s="mediaCurrentTime",n=(i=t.mediaSeekable.get(e))==null?void 0:i[1];if(Number.isNaN(Number(n)))return;let d=(a=(r=e.options)==null?void 0:r.seekToLiveOffset)!=null?a:0,u=n-d;t[s].set(u,e)},[m.MEDIA_SHOW_SUBTITLES_REQUEST](t,e,{detail:i}){var r;let{options:a}=e,s=Tt(e),n=Jr(i),d=(r=n[0])==null?void 0:r.language;d&&!a.noSubtitlesLangPref&&l.localStorage.setItem("media-chrome-pref-subtitles-lang",d),Ze(Re.SHOWING,s,n)},[m.MEDIA_DISABLE_SUBTITLES_REQUEST](t,e,{detail:i}){let r=Tt(e),a=i??[];Ze(Re.DISABLED,r,a)},[m.MEDIA_TOGGLE_SUBTITLES_REQUEST](t,e,{detail:i}){Hi(e,i)},[m.MEDIA_RENDITION_REQUEST](t,e,{detail:i}){let r="mediaRenditionSelected",a=i;t[r].set(a,e)},[m.MEDIA_AUDIO_TRACK_REQUEST](t,e,{detail:i}){let r="mediaAudioTrackEnabled",a=i;t[r].set(a,e)},[m.MEDIA_ENTER_PIP_REQUEST](t,e){let i="mediaIsPip";t.mediaIsFullscreen.get(e)&&t.mediaIsFullscreen.set(!1,e),t[i].set(!0,e)},[m.MEDIA_EXIT_PIP_REQUEST](t,e){t["mediaIsPip"].set(!1,e)},[m.MEDIA_ENTER_FULLSCREEN_REQUEST](t,e,i){let r="mediaIsFullscreen";t.mediaIsPip.get(e)&&t.mediaIsPip.set(!1,e),t[r].set(!0,e,i)},[m.MEDIA_EXIT_FULLSCREEN_REQUEST](t,e){t["mediaIsFullscreen"].set(!1,e)},[m.MEDIA_ENTER_CAST_REQUEST](t,e){let i="mediaIsCasting";t.mediaIsFullscreen.get(e)&&t.mediaIsFullscreen.set(!1,e),t[i].set(!0,e)},[m.MEDIA_EXIT_CAST_REQUEST](t,e){t["mediaIsCasting"].set(!1,e)},[m.MEDIA_AIRPLAY_REQUEST](t,e){t["mediaIsAirplaying"].set(!0,e)}};var ro=({media:t,fullscreenElement:e,documentElement:i,stateMediator:r=At,requestMap:a=io,options:s={},monitorStateOwnersOnlyWithSubscriptions:n=!0})=>{let d=[],u={options:{...s}},S=Object.freeze({mediaPreviewTime:void 0,mediaPreviewImage:void 0,mediaPreviewCoords:void 0,mediaPreviewChapter:void 0}),A=E=>{E!=null&&(Wi(E,S)||(S=Object.freeze({...S,...E}),d.forEach(I=>I(S))))},g=()=>{let E=Object.entries(r).reduce((I,[b,{get:X}])=>(I[b]=X(u),I),{});A(E)},v={},h,_=async(E,I)=>{var b,X,Pt,Nt,ot,ke,ye,Ft,Ke,Wa,Ba,$a,Va,Ka,Ga,qa;let qo=!!h;if(h={...u,...h??{},...E},qo)return;await to(...Object.values(E));let nt=d.length>0&&I===0&&n,Ya=u.media!==h.media,Qa=((b=u.media)==null?void 0:b.textTracks)!==((X=h.media)==null?void 0:X.textTracks),za=((Pt=u.media)==null?void 0:Pt.videoRenditions)!==((Nt=h.media)==null?void 0:Nt.videoRenditions),Xa=((ot=u.media)==null?void 0:ot.audioTracks)!==((ke=h.media)==null?void 0:ke.audioTracks),Za=((ye=u.media)==null?void 0:ye.remote)!==((Ft=h.media)==null?void 0:Ft.remote),Ja=u.documentElement!==h.documentElement,ja=!!u.media&&(Ya||nt),es=!!((Ke=u.media)!=null&&Ke.textTracks)&&(Qa||nt),ts=!!((Wa=u.media)!=null&&Wa.videoRenditions)&&(za||nt),is=!!((Ba=u.media)!=null&&Ba.audioTracks)&&(Xa||nt),rs=!!(($a=u.media)!=null&&$a.remote)&&(Za||nt),as=!!u.documentElement&&(Ja||nt),Dr=ja||es||ts||is||rs||as,lt=d.length===0&&I===1&&n,ss=!!h.media&&(Ya||lt),os=!!((Va=h.media)!=null&&Va.textTracks)&&(Qa||lt),ns=!!((Ka=h.media)!=null&&Ka.videoRenditions)&&(za||lt),ls=!!((Ga=h.media)!=null&&Ga.audioTracks)&&(Xa||lt),ds=!!((qa=h.media)!=null&&qa.remote)&&(Za||lt),us=!!h.documentElement&&(Ja||lt),cs=ss||os||ns||ls||ds||us;if(!(Dr||cs)){Object.entries(h).forEach(([L,Ht])=>{u[L]=Ht}),g(),h=void 0;return}Object.entries(r).forEach(([L,{get:Ht,mediaEvents:Yo=[],textTracksEvents:Qo=[],videoRenditionsEvents:zo=[],audioTracksEvents:Xo=[],remoteEvents:Zo=[],rootEvents:Jo=[],stateOwnersUpdateHandlers:jo=[]}])=>{v[L]||(v[L]={});let ee=O=>{let N=Ht(u,O);A({[L]:N})},$;$=v[L].mediaEvents,Yo.forEach(O=>{$&&ja&&(u.media.removeEventListener(O,$),v[L].mediaEvents=void 0),ss&&(h.media.addEventListener(O,ee),v[L].mediaEvents=ee)}),$=v[L].textTracksEvents,Qo.forEach(O=>{var N,le;$&&es&&((N=u.media.textTracks)==null||N.removeEventListener(O,$),v[L].textTracksEvents=void 0),os&&((le=h.media.textTracks)==null||le.addEventListener(O,ee),v[L].textTracksEvents=ee)}),$=v[L].videoRenditionsEvents,zo.forEach(O=>{var N,le;$&&ts&&((N=u.media.videoRenditions)==null||N.removeEventListener(O,$),v[L].videoRenditionsEvents=void 0),ns&&((le=h.media.videoRenditions)==null||le.addEventListener(O,ee),v[L].videoRenditionsEvents=ee)}),$=v[L].audioTracksEvents,Xo.forEach(O=>{var N,le;$&&is&&((N=u.media.audioTracks)==null||N.removeEventListener(O,$),v[L].audioTracksEvents=void 0),ls&&((le=h.media.audioTracks)==null||le.addEventListener(O,ee),v[L].audioTracksEvents=ee)}),$=v[L].remoteEvents,Zo.forEach(O=>{var N,le;$&&rs&&((N=u.media.remote)==null||N.removeEventListener(O,$),v[L].remoteEvents=void 0),ds&&((le=h.media.remote)==null||le.addEventListener(O,ee),v[L].remoteEvents=ee)}),$=v[L].rootEvents,Jo.forEach(O=>{$&&as&&(u.documentElement.removeEventListener(O,$),v[L].rootEvents=void 0),us&&(h.documentElement.addEventListener(O,ee),v[L].rootEvents=ee)});let vi=v[L].stateOwnersUpdateHandlers;if(vi&&Dr&&(Array.isArray(vi)?vi:[vi]).forEach(N=>{typeof N=="function"&&N()}),cs){let O=jo.map(N=>N(ee,h)).filter(N=>typeof N=="function");v[L].stateOwnersUpdateHandlers=O.length===1?O[0]:O}else Dr&&(v[L].stateOwnersUpdateHandlers=void 0)}),Object.entries(h).forEach(([L,Ht])=>{u[L]=Ht}),g(),h=void 0};return _({media:t,fullscreenElement:e,documentElement:i,options:s}),{dispatch(E){let{type:I,detail:b}=E;if(a[I]&&S.mediaErrorCode==null){A(a[I](r,u,E));return}I==="mediaelementchangerequest"?_({media:b}):I==="fullscreenelementchangerequest"?_({fullscreenElement:b}):I==="documentelementchangerequest"?_({documentElement:b}):I==="optionschangerequest"&&(Object.entries(b??{}).forEach(([X,Pt])=>{u.options[X]=Pt}),g())},getState(){return S},subscribe(E){return _({},d.length+1),d.push(E),E(S),()=>{let I=d.indexOf(E);I>=0&&(_({},d.length-1),d.splice(I,1))}}}};var la=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},p=(t,e,i)=>(la(t,e,"read from private field"),i?i.call(t):e.get(t)),ie=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},he=(t,e,i,r)=>(la(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Pe=(t,e,i)=>(la(t,e,"access private method"),i),Le,Zt,k,re,Jt,fe,$i,jt,Vi,ra,et,Ki,aa,ei,Gi,sa,co,ho=["ArrowLeft","ArrowRight","ArrowUp","ArrowDown","Enter"," ","f","m","k","c","l","j",">","<","p"],ao=10,so=.025,oo=.25,Nn=.25,Fn=2,c={DEFAULT_SUBTITLES:"defaultsubtitles",DEFAULT_STREAM_TYPE:"defaultstreamtype",DEFAULT_DURATION:"defaultduration",FULLSCREEN_ELEMENT:"fullscreenelement",HOTKEYS:"hotkeys",KEYBOARD_BACKWARD_SEEK_OFFSET:"keyboardbackwardseekoffset",KEYBOARD_FORWARD_SEEK_OFFSET:"keyboardforwardseekoffset",KEYBOARD_DOWN_VOLUME_STEP:"keyboarddownvolumestep",KEYBOARD_UP_VOLUME_STEP:"keyboardupvolumestep",KEYS_USED:"keysused",LANG:"lang",LOOP:"loop",LIVE_EDGE_OFFSET:"liveedgeoffset",NO_AUTO_SEEK_TO_LIVE:"noautoseektolive",NO_DEFAULT_STORE:"nodefaultstore",NO_HOTKEYS:"nohotkeys",NO_MUTED_PREF:"nomutedpref",NO_SUBTITLES_LANG_PREF:"nosubtitleslangpref",NO_VOLUME_PREF:"novolumepref",SEEK_TO_LIVE_OFFSET:"seektoliveoffset"},oa=class extends qe{constructor(){super(),ie(this,Vi),ie(this,Ki),ie(this,ei),ie(this,sa),this.mediaStateReceivers=[],this.associatedElementSubscriptions=new Map,ie(this,Le,new Pi(this,c.HOTKEYS)),ie(this,Zt,void 0),ie(this,k,void 0),ie(this,re,null),ie(this,Jt,void 0),ie(this,fe,void 0),ie(this,$i,i=>{var r;(r=p(this,k))==null||r.dispatch(i)}),ie(this,jt,void 0),ie(this,et,i=>{let{key:r,shiftKey:a}=i;if(!(a&&(r==="/"||r==="?")||ho.includes(r))){this.removeEventListener("keyup",p(this,et));return}this.keyboardShortcutHandler(i)}),this.associateElement(this);let e={};he(this,Jt,i=>{Object.entries(i).forEach(([r,a])=>{if(r in e&&e[r]===a)return;this.propagateMediaState(r,a);let s=r.toLowerCase(),n=new l.CustomEvent(vs[s],{composed:!0,detail:a});this.dispatchEvent(n)}),e=i})}static get observedAttributes(){return super.observedAttributes.concat(c.NO_HOTKEYS,c.HOTKEYS,c.DEFAULT_STREAM_TYPE,c.DEFAULT_SUBTITLES,c.DEFAULT_DURATION,c.NO_MUTED_PREF,c.NO_VOLUME_PREF,c.LANG,c.LOOP,c.LIVE_EDGE_OFFSET,c.SEEK_TO_LIVE_OFFSET,c.NO_AUTO_SEEK_TO_LIVE)}get mediaStore(){return p(this,k)}set mediaStore(e){var i,r;if(p(this,k)&&((i=p(this,fe))==null||i.call(this),he(this,fe,void 0)),he(this,k,e),!p(this,k)&&!this.hasAttribute(c.NO_DEFAULT_STORE)){Pe(this,Vi,ra).call(this);return}he(this,fe,(r=p(this,k))==null?void 0:r.subscribe(p(this,Jt)))}get fullscreenElement(){var e;return(e=p(this,Zt))!=null?e:this}set fullscreenElement(e){var i;this.hasAttribute(c.FULLSCREEN_ELEMENT)&&this.removeAttribute(c.FULLSCREEN_ELEMENT),he(this,Zt,e),(i=p(this,k))==null||i.dispatch({type:"fullscreenelementchangerequest",detail:this.fullscreenElement})}get defaultSubtitles(){return y(this,c.DEFAULT_SUBTITLES)}set defaultSubtitles(e){w(this,c.DEFAULT_SUBTITLES,e)}get defaultStreamType(){return U(this,c.DEFAULT_STREAM_TYPE)}set defaultStreamType(e){D(this,c.DEFAULT_STREAM_TYPE,e)}get defaultDuration(){return W(this,c.DEFAULT_DURATION)}set defaultDuration(e){q(this,c.DEFAULT_DURATION,e)}get noHotkeys(){return y(this,c.NO_HOTKEYS)}set noHotkeys(e){w(this,c.NO_HOTKEYS,e)}get keysUsed(){return U(this,c.KEYS_USED)}set keysUsed(e){D(this,c.KEYS_USED,e)}get liveEdgeOffset(){return W(this,c.LIVE_EDGE_OFFSET)}set liveEdgeOffset(e){q(this,c.LIVE_EDGE_OFFSET,e)}get noAutoSeekToLive(){return y(this,c.NO_AUTO_SEEK_TO_LIVE)}set noAutoSeekToLive(e){w(this,c.NO_AUTO_SEEK_TO_LIVE,e)}get noVolumePref(){return y(this,c.NO_VOLUME_PREF)}set noVolumePref(e){w(this,c.NO_VOLUME_PREF,e)}get noMutedPref(){return y(this,c.NO_MUTED_PREF)}set noMutedPref(e){w(this,c.NO_MUTED_PREF,e)}get noSubtitlesLangPref(){return y(this,c.NO_SUBTITLES_LANG_PREF)}set noSubtitlesLangPref(e){w(this,c.NO_SUBTITLES_LANG_PREF,e)}get noDefaultStore(){return y(this,c.NO_DEFAULT_STORE)}set noDefaultStore(e){w(this,c.NO_DEFAULT_STORE,e)}get resolvedLang(){return Ms()}attributeChangedCallback(e,i,r){var a,s,n,d,u,S,A,g,v,h,_,E;if(super.attributeChangedCallback(e,i,r),e===c.NO_HOTKEYS)r!==i&&r===""?(this.hasAttribute(c.HOTKEYS)&&console.warn("Media Chrome: Both `hotkeys` and `nohotkeys` have been set. All hotkeys will be disabled."),this.disableHotkeys()):r!==i&&r===null&&this.enableHotkeys(),Pe(this,ei,Gi).call(this);else if(e===c.HOTKEYS)p(this,Le).value=r,Pe(this,ei,Gi).call(this);else if(e===c.DEFAULT_SUBTITLES&&r!==i)(a=p(this,k))==null||a.dispatch({type:"optionschangerequest",detail:{defaultSubtitles:this.hasAttribute(c.DEFAULT_SUBTITLES)}});else if(e===c.DEFAULT_STREAM_TYPE)(n=p(this,k))==null||n.dispatch({type:"optionschangerequest",detail:{defaultStreamType:(s=this.getAttribute(c.DEFAULT_STREAM_TYPE))!=null?s:void 0}});else if(e===c.LIVE_EDGE_OFFSET&&r!==i)(d=p(this,k))==null||d.dispatch({type:"optionschangerequest",detail:{liveEdgeOffset:this.hasAttribute(c.LIVE_EDGE_OFFSET)?+this.getAttribute(c.LIVE_EDGE_OFFSET):void 0,seekToLiveOffset:this.hasAttribute(c.SEEK_TO_LIVE_OFFSET)?+this.getAttribute(c.SEEK_TO_LIVE_OFFSET):this.hasAttribute(c.LIVE_EDGE_OFFSET)?+this.getAttribute(c.LIVE_EDGE_OFFSET):void 0}});else if(e===c.SEEK_TO_LIVE_OFFSET&&r!==i)(u=p(this,k))==null||u.dispatch({type:"optionschangerequest",detail:{seekToLiveOffset:this.hasAttribute(c.SEEK_TO_LIVE_OFFSET)?+this.getAttribute(c.SEEK_TO_LIVE_OFFSET):this.hasAttribute(c.LIVE_EDGE_OFFSET)?+this.getAttribute(c.LIVE_EDGE_OFFSET):void 0}});else if(e===c.NO_AUTO_SEEK_TO_LIVE)(S=p(this,k))==null||S.dispatch({type:"optionschangerequest",detail:{noAutoSeekToLive:this.hasAttribute(c.NO_AUTO_SEEK_TO_LIVE)}});else if(e===c.FULLSCREEN_ELEMENT){let I=r?(A=this.getRootNode())==null?void 0:A.getElementById(r):void 0;he(this,Zt,I),(g=p(this,k))==null||g.dispatch({type:"fullscreenelementchangerequest",detail:this.fullscreenElement})}else e===c.LANG&&r!==i?(ws(r),(v=p(this,k))==null||v.dispatch({type:"optionschangerequest",detail:{mediaLang:r}})):e===c.LOOP&&r!==i?(h=p(this,k))==null||h.dispatch({type:m.MEDIA_LOOP_REQUEST,detail:r!=null}):e===c.NO_VOLUME_PREF&&r!==i?(_=p(this,k))==null||_.dispatch({type:"optionschangerequest",detail:{noVolumePref:this.hasAttribute(c.NO_VOLUME_PREF)}}):e===c.NO_MUTED_PREF&&r!==i&&((E=p(this,k))==null||E.dispatch({type:"optionschangerequest",detail:{noMutedPref:this.hasAttribute(c.NO_MUTED_PREF)}}))}connectedCallback(){var e,i,r;this.associateElement(this),!p(this,k)&&!this.hasAttribute(c.NO_DEFAULT_STORE)&&Pe(this,Vi,ra).call(this),(e=p(this,k))==null||e.dispatch({type:"documentelementchangerequest",detail:F}),(i=p(this,k))==null||i.dispatch({type:"fullscreenelementchangerequest",detail:this.fullscreenElement}),super.connectedCallback(),p(this,k)&&!p(this,fe)&&he(this,fe,(r=p(this,k))==null?void 0:r.subscribe(p(this,Jt))),p(this,jt)!==void 0&&p(this,k)&&this.media&&setTimeout(()=>{var a,s,n;(s=(a=this.media)==null?void 0:a.textTracks)!=null&&s.length&&((n=p(this,k))==null||n.dispatch({type:m.MEDIA_TOGGLE_SUBTITLES_REQUEST,detail:p(this,jt)}))},0),this.hasAttribute(c.NO_HOTKEYS)?this.disableHotkeys():this.enableHotkeys()}disconnectedCallback(){var e,i,r,a,s,n;if((e=super.disconnectedCallback)==null||e.call(this),this.disableHotkeys(),p(this,k)){let d=p(this,k).getState();he(this,jt,!!((i=d.mediaSubtitlesShowing)!=null&&i.length)),(r=p(this,k))==null||r.dispatch({type:"fullscreenelementchangerequest",detail:void 0}),(a=p(this,k))==null||a.dispatch({type:"documentelementchangerequest",detail:void 0}),(s=p(this,k))==null||s.dispatch({type:m.MEDIA_TOGGLE_SUBTITLES_REQUEST,detail:!1})}p(this,fe)&&((n=p(this,fe))==null||n.call(this),he(this,fe,void 0)),this.unassociateElement(this),p(this,re)&&(p(this,re).remove(),he(this,re,null))}mediaSetCallback(e){var i;super.mediaSetCallback(e),(i=p(this,k))==null||i.dispatch({type:"mediaelementchangerequest",detail:e}),e.hasAttribute("tabindex")||(e.tabIndex=-1)}mediaUnsetCallback(e){var i;super.mediaUnsetCallback(e),(i=p(this,k))==null||i.dispatch({type:"mediaelementchangerequest",detail:void 0})}propagateMediaState(e,i){uo(this.mediaStateReceivers,e,i)}associateElement(e){if(!e)return;let{associatedElementSubscriptions:i}=this;if(i.has(e))return;let r=this.registerMediaStateReceiver.bind(this),a=this.unregisterMediaStateReceiver.bind(this),s=Kn(e,r,a);Object.values(m).forEach(n=>{e.addEventListener(n,p(this,$i))}),i.set(e,s)}unassociateElement(e){if(!e)return;let{associatedElementSubscriptions:i}=this;if(!i.has(e))return;i.get(e)(),i.delete(e),Object.values(m).forEach(a=>{e.removeEventListener(a,p(this,$i))})}registerMediaStateReceiver(e){if(!e)return;let i=this.mediaStateReceivers;i.indexOf(e)>-1||(i.push(e),p(this,k)&&Object.entries(p(this,k).getState()).forEach(([a,s])=>{uo([e],a,s)}))}unregisterMediaStateReceiver(e){let i=this.mediaStateReceivers,r=i.indexOf(e);r<0||i.splice(r,1)}enableHotkeys(){this.addEventListener("keydown",Pe(this,Ki,aa))}disableHotkeys(){this.removeEventListener("keydown",Pe(this,Ki,aa)),this.removeEventListener("keyup",p(this,et))}get hotkeys(){return p(this,Le)}set hotkeys(e){D(this,c.HOTKEYS,e)}keyboardShortcutHandler(e){var i,r,a,s,n,d,u,S,A;let g=e.target;if(((a=(r=(i=g.getAttribute(c.KEYS_USED))==null?void 0:i.split(" "))!=null?r:g?.keysUsed)!=null?a:[]).map(b=>b==="Space"?" ":b).filter(Boolean).includes(e.key))return;let h,_,E;if(!(p(this,Le).contains(Oi(e.key))||e.shiftKey&&(e.key==="/"||e.key==="?")&&p(this,Le).contains("noshift+/")))switch(e.key){case" ":case"k":h=p(this,k).getState().mediaPaused?m.MEDIA_PLAY_REQUEST:m.MEDIA_PAUSE_REQUEST,this.dispatchEvent(new l.CustomEvent(h,{composed:!0,bubbles:!0}));break;case"m":h=this.mediaStore.getState().mediaVolumeLevel==="off"?m.MEDIA_UNMUTE_REQUEST:m.MEDIA_MUTE_REQUEST,this.dispatchEvent(new l.CustomEvent(h,{composed:!0,bubbles:!0}));break;case"f":h=this.mediaStore.getState().mediaIsFullscreen?m.MEDIA_EXIT_FULLSCREEN_REQUEST:m.MEDIA_ENTER_FULLSCREEN_REQUEST,this.dispatchEvent(new l.CustomEvent(h,{composed:!0,bubbles:!0}));break;case"c":this.dispatchEvent(new l.CustomEvent(m.MEDIA_TOGGLE_SUBTITLES_REQUEST,{composed:!0,bubbles:!0}));break;case"ArrowLeft":case"j":{let b=this.hasAttribute(c.KEYBOARD_BACKWARD_SEEK_OFFSET)?+this.getAttribute(c.KEYBOARD_BACKWARD_SEEK_OFFSET):ao;_=Math.max(((s=this.mediaStore.getState().mediaCurrentTime)!=null?s:0)-b,0),E=new l.CustomEvent(m.MEDIA_SEEK_REQUEST,{composed:!0,bubbles:!0,detail:_}),this.dispatchEvent(E);break}case"ArrowRight":case"l":{let b=this.hasAttribute(c.KEYBOARD_FORWARD_SEEK_OFFSET)?+this.getAttribute(c.KEYBOARD_FORWARD_SEEK_OFFSET):ao;_=Math.max(((n=this.mediaStore.getState().mediaCurrentTime)!=null?n:0)+b,0),E=new l.CustomEvent(m.MEDIA_SEEK_REQUEST,{composed:!0,bubbles:!0,detail:_}),this.dispatchEvent(E);break}case"ArrowUp":{let b=this.hasAttribute(c.KEYBOARD_UP_VOLUME_STEP)?+this.getAttribute(c.KEYBOARD_UP_VOLUME_STEP):so;_=Math.min(((d=this.mediaStore.getState().mediaVolume)!=null?d:1)+b,1),E=new l.CustomEvent(m.MEDIA_VOLUME_REQUEST,{composed:!0,bubbles:!0,detail:_}),this.dispatchEvent(E);break}case"ArrowDown":{let b=this.hasAttribute(c.KEYBOARD_DOWN_VOLUME_STEP)?+this.getAttribute(c.KEYBOARD_DOWN_VOLUME_STEP):so;_=Math.max(((u=this.mediaStore.getState().mediaVolume)!=null?u:1)-b,0),E=new l.CustomEvent(m.MEDIA_VOLUME_REQUEST,{composed:!0,bubbles:!0,detail:_}),this.dispatchEvent(E);break}case"<":{let b=(S=this.mediaStore.getState().mediaPlaybackRate)!=null?S:1;_=Math.max(b-oo,Nn).toFixed(2),E=new l.CustomEvent(m.MEDIA_PLAYBACK_RATE_REQUEST,{composed:!0,bubbles:!0,detail:_}),this.dispatchEvent(E);break}case">":{let b=(A=this.mediaStore.getState().mediaPlaybackRate)!=null?A:1;_=Math.min(b+oo,Fn).toFixed(2),E=new l.CustomEvent(m.MEDIA_PLAYBACK_RATE_REQUEST,{composed:!0,bubbles:!0,detail:_}),this.dispatchEvent(E);break}case"/":case"?":{e.shiftKey&&Pe(this,sa,co).call(this);break}case"p":{h=this.mediaStore.getState().mediaIsPip?m.MEDIA_EXIT_PIP_REQUEST:m.MEDIA_ENTER_PIP_REQUEST,E=new l.CustomEvent(h,{composed:!0,bubbles:!0}),this.dispatchEvent(E);break}default:break}}};Le=new WeakMap;Zt=new WeakMap;k=new WeakMap;re=new WeakMap;Jt=new WeakMap;fe=new WeakMap;$i=new WeakMap;jt=new WeakMap;Vi=new WeakSet;ra=function(){var t;this.mediaStore=ro({media:this.media,fullscreenElement:this.fullscreenElement,options:{defaultSubtitles:this.hasAttribute(c.DEFAULT_SUBTITLES),defaultDuration:this.hasAttribute(c.DEFAULT_DURATION)?+this.getAttribute(c.DEFAULT_DURATION):void 0,defaultStreamType:(t=this.getAttribute(c.DEFAULT_STREAM_TYPE))!=null?t:void 0,liveEdgeOffset:this.hasAttribute(c.LIVE_EDGE_OFFSET)?+this.getAttribute(c.LIVE_EDGE_OFFSET):void 0,seekToLiveOffset:this.hasAttribute(c.SEEK_TO_LIVE_OFFSET)?+this.getAttribute(c.SEEK_TO_LIVE_OFFSET):this.hasAttribute(c.LIVE_EDGE_OFFSET)?+this.getAttribute(c.LIVE_EDGE_OFFSET):void 0,noAutoSeekToLive:this.hasAttribute(c.NO_AUTO_SEEK_TO_LIVE),noVolumePref:this.hasAttribute(c.NO_VOLUME_PREF),noMutedPref:this.hasAttribute(c.NO_MUTED_PREF),noSubtitlesLangPref:this.hasAttribute(c.NO_SUBTITLES_LANG_PREF)}})};et=new WeakMap;Ki=new WeakSet;aa=function(t){var e;let{metaKey:i,altKey:r,key:a,shiftKey:s}=t,n=s&&(a==="/"||a==="?");if(n&&((e=p(this,re))!=null&&e.open)){this.removeEventListener("keyup",p(this,et));return}if(i||r||!n&&!ho.includes(a)){this.removeEventListener("keyup",p(this,et));return}let d=t.target,u=d instanceof HTMLElement&&(d.tagName.toLowerCase()==="media-volume-range"||d.tagName.toLowerCase()==="media-time-range");[" ","ArrowLeft","ArrowRight","ArrowUp","ArrowDown"].includes(a)&&!p(this,Le).contains(Oi(a))&&!u&&t.preventDefault(),this.addEventListener("keyup",p(this,et),{once:!0})};ei=new WeakSet;Gi=function(){p(this,re)&&(p(this,re).hotkeys=p(this,Le).value||void 0,(this.noHotkeys||p(this,Le).contains("noshift+/"))&&(p(this,re).open=!1))};sa=new WeakSet;co=function(){p(this,re)||(he(this,re,F.createElement("media-keyboard-shortcuts-dialog")),Pe(this,ei,Gi).call(this),this.appendChild(p(this,re))),p(this,re).open=!0};var Hn=Object.values(o),Wn=Object.values(Or),mo=t=>{var e,i,r,a;let{observedAttributes:s}=t.constructor;!s&&((e=t.nodeName)!=null&&e.includes("-"))&&(l.customElements.upgrade(t),{observedAttributes:s}=t.constructor);let n=(a=(r=(i=t?.getAttribute)==null?void 0:i.call(t,M.MEDIA_CHROME_ATTRIBUTES))==null?void 0:r.split)==null?void 0:a.call(r,/\s+/);return Array.isArray(s||n)?(s||n).filter(d=>Hn.includes(d)):[]},Bn=t=>{var e,i;return(e=t.nodeName)!=null&&e.includes("-")&&l.customElements.get((i=t.nodeName)==null?void 0:i.toLowerCase())&&!(t instanceof l.customElements.get(t.nodeName.toLowerCase()))&&l.customElements.upgrade(t),Wn.some(r=>r in t)},na=t=>Bn(t)||!!mo(t).length,no=t=>{var e;return(e=t?.join)==null?void 0:e.call(t,":")},lo={[o.MEDIA_SUBTITLES_LIST]:zt,[o.MEDIA_SUBTITLES_SHOWING]:zt,[o.MEDIA_SEEKABLE]:no,[o.MEDIA_BUFFERED]:t=>t?.map(no).join(" "),[o.MEDIA_PREVIEW_COORDS]:t=>t?.join(" "),[o.MEDIA_RENDITION_LIST]:Ws,[o.MEDIA_AUDIO_TRACK_LIST]:Bs},$n=async(t,e,i)=>{var r,a;if(t.isConnected||await Ni(0),typeof i=="boolean"||i==null)return w(t,e,i);if(typeof i=="number")return q(t,e,i);if(typeof i=="string")return D(t,e,i);if(Array.isArray(i)&&!i.length)return t.removeAttribute(e);let s=(a=(r=lo[e])==null?void 0:r.call(lo,i))!=null?a:i;return t.setAttribute(e,s)},Vn=t=>{var e;return!!((e=t.closest)!=null&&e.call(t,'*[slot="media"]'))},je=(t,e)=>{if(Vn(t))return;let i=(a,s)=>{var n,d;na(a)&&s(a);let{children:u=[]}=a??{},S=(d=(n=a?.shadowRoot)==null?void 0:n.children)!=null?d:[];[...u,...S].forEach(g=>je(g,s))},r=t?.nodeName.toLowerCase();if(r.includes("-")&&!na(t)){l.customElements.whenDefined(r).then(()=>{i(t,e)});return}i(t,e)},uo=(t,e,i)=>{t.forEach(r=>{if(e in r){r[e]=i;return}let a=mo(r),s=e.toLowerCase();a.includes(s)&&$n(r,s,i)})},Kn=(t,e,i)=>{je(t,e);let r=A=>{var g;let v=(g=A?.composedPath()[0])!=null?g:A.target;e(v)},a=A=>{var g;let v=(g=A?.composedPath()[0])!=null?g:A.target;i(v)};t.addEventListener(m.REGISTER_MEDIA_STATE_RECEIVER,r),t.addEventListener(m.UNREGISTER_MEDIA_STATE_RECEIVER,a);let s=A=>{A.forEach(g=>{let{addedNodes:v=[],removedNodes:h=[],type:_,target:E,attributeName:I}=g;_==="childList"?(Array.prototype.forEach.call(v,b=>je(b,e)),Array.prototype.forEach.call(h,b=>je(b,i))):_==="attributes"&&I===M.MEDIA_CHROME_ATTRIBUTES&&(na(E)?e(E):i(E))})},n=[],d=A=>{let g=A.target;g.name!=="media"&&(n.forEach(v=>je(v,i)),n=[...g.assignedElements({flatten:!0})],n.forEach(v=>je(v,e)))};t.addEventListener("slotchange",d);let u=new MutationObserver(s);return u.observe(t,{childList:!0,attributes:!0,subtree:!0}),()=>{je(t,i),t.removeEventListener("slotchange",d),u.disconnect(),t.removeEventListener(m.REGISTER_MEDIA_STATE_RECEIVER,r),t.removeEventListener(m.UNREGISTER_MEDIA_STATE_RECEIVER,a)}};l.customElements.get("media-controller")||l.customElements.define("media-controller",oa);var po=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},qi=(t,e,i)=>(po(t,e,"read from private field"),i?i.call(t):e.get(t)),Gn=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Yi=(t,e,i,r)=>(po(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),_e;function qn(t){return`
    <style>
      :host {
        
        box-sizing: border-box;
        display: var(--media-control-display, var(--media-control-bar-display, inline-flex));
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        --media-loading-indicator-icon-height: 44px;
      }

      ::slotted(media-time-range),
      ::slotted(media-volume-range) {
        min-height: 100%;
      }

      ::slotted(media-time-range),
      ::slotted(media-clip-selector) {
        flex-grow: 1;
      }

      ::slotted([role="menu"]) {
        position: absolute;
      }
    </style>

    <slot></slot>
  `}var ti=class extends l.HTMLElement{constructor(){if(super(),Gn(this,_e,void 0),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=V(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[M.MEDIA_CONTROLLER]}attributeChangedCallback(e,i,r){var a,s,n,d,u;e===M.MEDIA_CONTROLLER&&(i&&((s=(a=qi(this,_e))==null?void 0:a.unassociateElement)==null||s.call(a,this),Yi(this,_e,null)),r&&this.isConnected&&(Yi(this,_e,(n=this.getRootNode())==null?void 0:n.getElementById(r)),(u=(d=qi(this,_e))==null?void 0:d.associateElement)==null||u.call(d,this)))}connectedCallback(){var e,i,r;let a=this.getAttribute(M.MEDIA_CONTROLLER);a&&(Yi(this,_e,(e=this.getRootNode())==null?void 0:e.getElementById(a)),(r=(i=qi(this,_e))==null?void 0:i.associateElement)==null||r.call(i,this))}disconnectedCallback(){var e,i;(i=(e=qi(this,_e))==null?void 0:e.unassociateElement)==null||i.call(e,this),Yi(this,_e,null)}};_e=new WeakMap;ti.shadowRootOptions={mode:"open"};ti.getTemplateHTML=qn;l.customElements.get("media-control-bar")||l.customElements.define("media-control-bar",ti);var St={PLACEMENT:"placement",BOUNDS:"bounds"};function Yn(t){return`
    <style>
      :host {
        --_tooltip-background-color: var(--media-tooltip-background-color, var(--media-secondary-color, rgba(20, 20, 30, .7)));
        --_tooltip-background: var(--media-tooltip-background, var(--_tooltip-background-color));
        --_tooltip-arrow-half-width: calc(var(--media-tooltip-arrow-width, 12px) / 2);
        --_tooltip-arrow-height: var(--media-tooltip-arrow-height, 5px);
        --_tooltip-arrow-background: var(--media-tooltip-arrow-color, var(--_tooltip-background-color));
        position: relative;
        pointer-events: none;
        display: var(--media-tooltip-display, inline-flex);
        justify-content: center;
        align-items: center;
        box-sizing: border-box;
        z-index: var(--media-tooltip-z-index, 1);
        background: var(--_tooltip-background);
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        font: var(--media-font,
          var(--media-font-weight, 400)
          var(--media-font-size, 13px) /
          var(--media-text-content-height, var(--media-control-height, 18px))
          var(--media-font-family, helvetica neue, segoe ui, roboto, arial, sans-serif));
        padding: var(--media-tooltip-padding, .35em .7em);
        border: var(--media-tooltip-border, none);
        border-radius: var(--media-tooltip-border-radius, 5px);
        filter: var(--media-tooltip-filter, drop-shadow(0 0 4px rgba(0, 0, 0, .2)));
        white-space: var(--media-tooltip-white-space, nowrap);
      }

      :host([hidden]) {
        display: none;
      }

      img, svg {
        display: inline-block;
      }

      #arrow {
        position: absolute;
        width: 0px;
        height: 0px;
        border-style: solid;
        display: var(--media-tooltip-arrow-display, block);
      }

      :host(:not([placement])),
      :host([placement="top"]) {
        position: absolute;
        bottom: calc(100% + var(--media-tooltip-distance, 12px));
        left: 50%;
        transform: translate(calc(-50% - var(--media-tooltip-offset-x, 0px)), 0);
      }
      :host(:not([placement])) #arrow,
      :host([placement="top"]) #arrow {
        top: 100%;
        left: 50%;
        border-width: var(--_tooltip-arrow-height) var(--_tooltip-arrow-half-width) 0 var(--_tooltip-arrow-half-width);
        border-color: var(--_tooltip-arrow-background) transparent transparent transparent;
        transform: translate(calc(-50% + var(--media-tooltip-offset-x, 0px)), 0);
      }

      :host([placement="right"]) {
        position: absolute;
        left: calc(100% + var(--media-tooltip-distance, 12px));
        top: 50%;
        transform: translate(0, -50%);
      }
      :host([placement="right"]) #arrow {
        top: 50%;
        right: 100%;
        border-width: var(--_tooltip-arrow-half-width) var(--_tooltip-arrow-height) var(--_tooltip-arrow-half-width) 0;
        border-color: transparent var(--_tooltip-arrow-background) transparent transparent;
        transform: translate(0, -50%);
      }

      :host([placement="bottom"]) {
        position: absolute;
        top: calc(100% + var(--media-tooltip-distance, 12px));
        left: 50%;
        transform: translate(calc(-50% - var(--media-tooltip-offset-x, 0px)), 0);
      }
      :host([placement="bottom"]) #arrow {
        bottom: 100%;
        left: 50%;
        border-width: 0 var(--_tooltip-arrow-half-width) var(--_tooltip-arrow-height) var(--_tooltip-arrow-half-width);
        border-color: transparent transparent var(--_tooltip-arrow-background) transparent;
        transform: translate(calc(-50% + var(--media-tooltip-offset-x, 0px)), 0);
      }

      :host([placement="left"]) {
        position: absolute;
        right: calc(100% + var(--media-tooltip-distance, 12px));
        top: 50%;
        transform: translate(0, -50%);
      }
      :host([placement="left"]) #arrow {
        top: 50%;
        left: 100%;
        border-width: var(--_tooltip-arrow-half-width) 0 var(--_tooltip-arrow-half-width) var(--_tooltip-arrow-height);
        border-color: transparent transparent transparent var(--_tooltip-arrow-background);
        transform: translate(0, -50%);
      }
      
      :host([placement="none"]) #arrow {
        display: none;
      }
    </style>
    <slot></slot>
    <div id="arrow"></div>
  `}var It=class extends l.HTMLElement{constructor(){if(super(),this.updateXOffset=()=>{var e;if(!Si(this,{checkOpacity:!1,checkVisibilityCSS:!1}))return;let i=this.placement;if(i==="left"||i==="right"){this.style.removeProperty("--media-tooltip-offset-x");return}let r=getComputedStyle(this),a=(e=De(this,"#"+this.bounds))!=null?e:bs(this);if(!a)return;let{x:s,width:n}=a.getBoundingClientRect(),{x:d,width:u}=this.getBoundingClientRect(),S=d+u,A=s+n,g=r.getPropertyValue("--media-tooltip-offset-x"),v=g?parseFloat(g.replace("px","")):0,h=r.getPropertyValue("--media-tooltip-container-margin"),_=h?parseFloat(h.replace("px","")):0,E=d-s+v-_,I=S-A+v+_;if(E<0){this.style.setProperty("--media-tooltip-offset-x",`${E}px`);return}if(I>0){this.style.setProperty("--media-tooltip-offset-x",`${I}px`);return}this.style.removeProperty("--media-tooltip-offset-x")},!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=V(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}if(this.arrowEl=this.shadowRoot.querySelector("#arrow"),Object.prototype.hasOwnProperty.call(this,"placement")){let e=this.placement;delete this.placement,this.placement=e}}static get observedAttributes(){return[St.PLACEMENT,St.BOUNDS]}get placement(){return U(this,St.PLACEMENT)}set placement(e){D(this,St.PLACEMENT,e)}get bounds(){return U(this,St.BOUNDS)}set bounds(e){D(this,St.BOUNDS,e)}};It.shadowRootOptions={mode:"open"};It.getTemplateHTML=Yn;l.customElements.get("media-tooltip")||l.customElements.define("media-tooltip",It);var da=It;var ha=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},H=(t,e,i)=>(ha(t,e,"read from private field"),i?i.call(t):e.get(t)),tt=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Qi=(t,e,i,r)=>(ha(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Eo=(t,e,i)=>(ha(t,e,"access private method"),i),ge,yt,ua,vo,Fe,kt,zi,ca,fo,Ne={TOOLTIP_PLACEMENT:"tooltipplacement",DISABLED:"disabled",NO_TOOLTIP:"notooltip"};function Qn(t,e={}){return`
    <style>
      :host {
        position: relative;
        font: var(--media-font,
          var(--media-font-weight, bold)
          var(--media-font-size, 14px) /
          var(--media-text-content-height, var(--media-control-height, 24px))
          var(--media-font-family, helvetica neue, segoe ui, roboto, arial, sans-serif));
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        background: var(--media-control-background, var(--media-secondary-color, rgb(20 20 30 / .7)));
        padding: var(--media-button-padding, var(--media-control-padding, 10px));
        justify-content: var(--media-button-justify-content, center);
        display: inline-flex;
        align-items: center;
        vertical-align: middle;
        box-sizing: border-box;
        transition: background .15s linear;
        pointer-events: auto;
        cursor: var(--media-cursor, pointer);
        -webkit-tap-highlight-color: transparent;
      }

      
      :host(:focus-visible) {
        box-shadow: var(--media-focus-box-shadow, inset 0 0 0 2px rgb(27 127 204 / .9));
        outline: 0;
      }
      
      :host(:where(:focus)) {
        box-shadow: none;
        outline: 0;
      }

      :host(:hover) {
        background: var(--media-control-hover-background, rgba(50 50 70 / .7));
      }

      slot[name="icon"] {
        display: inline-flex;
        align-items: center;
      }

      svg, img, ::slotted(svg), ::slotted(img) {
        width: var(--media-button-icon-width);
        height: var(--media-button-icon-height, var(--media-control-height, 24px));
        transform: var(--media-button-icon-transform);
        transition: var(--media-button-icon-transition);
        fill: var(--media-icon-color, var(--media-primary-color, rgb(238 238 238)));
        vertical-align: middle;
        max-width: 100%;
        max-height: 100%;
        min-width: 100%;
      }

      media-tooltip {
        
        max-width: 0;
        overflow-x: clip;
        opacity: 0;
        transition: opacity .3s, max-width 0s 9s;
      }

      :host(:hover) media-tooltip,
      :host(:focus-visible) media-tooltip {
        max-width: 100vw;
        opacity: 1;
        transition: opacity .3s;
      }

      :host([notooltip]) slot[name="tooltip"] {
        display: none;
      }
    </style>

    ${this.getSlotTemplateHTML(t,e)}

    <slot name="tooltip">
      <media-tooltip part="tooltip" aria-hidden="true">
        <template shadowrootmode="${da.shadowRootOptions.mode}">
          ${da.getTemplateHTML({})}
        </template>
        <slot name="tooltip-content">
          ${this.getTooltipContentHTML(t)}
        </slot>
      </media-tooltip>
    </slot>
  `}function zn(t,e){return`
    <slot></slot>
  `}function Xn(){return""}var Q=class extends l.HTMLElement{constructor(){if(super(),tt(this,ua),tt(this,ca),tt(this,ge,void 0),this.preventClick=!1,this.tooltipEl=null,tt(this,yt,e=>{this.preventClick||this.handleClick(e),setTimeout(H(this,Fe),0)}),tt(this,Fe,()=>{var e,i;(i=(e=this.tooltipEl)==null?void 0:e.updateXOffset)==null||i.call(e)}),tt(this,kt,e=>{let{key:i}=e;if(!this.keysUsed.includes(i)){this.removeEventListener("keyup",H(this,kt));return}this.preventClick||this.handleClick(e)}),tt(this,zi,e=>{let{metaKey:i,altKey:r,key:a}=e;if(i||r||!this.keysUsed.includes(a)){this.removeEventListener("keyup",H(this,kt));return}this.addEventListener("keyup",H(this,kt),{once:!0})}),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=V(this.attributes),i=this.constructor.getTemplateHTML(e);this.shadowRoot.setHTMLUnsafe?this.shadowRoot.setHTMLUnsafe(i):this.shadowRoot.innerHTML=i}this.tooltipEl=this.shadowRoot.querySelector("media-tooltip")}static get observedAttributes(){return["disabled",Ne.TOOLTIP_PLACEMENT,M.MEDIA_CONTROLLER,o.MEDIA_LANG]}enable(){this.addEventListener("click",H(this,yt)),this.addEventListener("keydown",H(this,zi)),this.tabIndex=0}disable(){this.removeEventListener("click",H(this,yt)),this.removeEventListener("keydown",H(this,zi)),this.removeEventListener("keyup",H(this,kt)),this.tabIndex=-1}attributeChangedCallback(e,i,r){var a,s,n,d,u;e===M.MEDIA_CONTROLLER?(i&&((s=(a=H(this,ge))==null?void 0:a.unassociateElement)==null||s.call(a,this),Qi(this,ge,null)),r&&this.isConnected&&(Qi(this,ge,(n=this.getRootNode())==null?void 0:n.getElementById(r)),(u=(d=H(this,ge))==null?void 0:d.associateElement)==null||u.call(d,this))):e==="disabled"&&r!==i?r==null?this.enable():this.disable():e===Ne.TOOLTIP_PLACEMENT&&this.tooltipEl&&r!==i?this.tooltipEl.placement=r:e===o.MEDIA_LANG&&(this.shadowRoot.querySelector('slot[name="tooltip-content"]').innerHTML=this.constructor.getTooltipContentHTML()),Eo(this,ua,vo).call(this)&&H(this,Fe).call(this)}connectedCallback(){var e,i,r;let{style:a}=R(this.shadowRoot,":host");a.setProperty("display",`var(--media-control-display, var(--${this.localName}-display, inline-flex))`),this.hasAttribute("disabled")?this.disable():this.enable(),this.setAttribute("role","button");let s=this.getAttribute(M.MEDIA_CONTROLLER);s&&(Qi(this,ge,(e=this.getRootNode())==null?void 0:e.getElementById(s)),(r=(i=H(this,ge))==null?void 0:i.associateElement)==null||r.call(i,this)),l.customElements.whenDefined("media-tooltip").then(()=>Eo(this,ca,fo).call(this))}disconnectedCallback(){var e,i;this.disable(),(i=(e=H(this,ge))==null?void 0:e.unassociateElement)==null||i.call(e,this),Qi(this,ge,null),this.removeEventListener("mouseenter",H(this,Fe)),this.removeEventListener("focus",H(this,Fe)),this.removeEventListener("click",H(this,yt))}get keysUsed(){return["Enter"," "]}get tooltipPlacement(){return U(this,Ne.TOOLTIP_PLACEMENT)}set tooltipPlacement(e){D(this,Ne.TOOLTIP_PLACEMENT,e)}get mediaController(){return U(this,M.MEDIA_CONTROLLER)}set mediaController(e){D(this,M.MEDIA_CONTROLLER,e)}get disabled(){return y(this,Ne.DISABLED)}set disabled(e){w(this,Ne.DISABLED,e)}get noTooltip(){return y(this,Ne.NO_TOOLTIP)}set noTooltip(e){w(this,Ne.NO_TOOLTIP,e)}handleClick(e){}};ge=new WeakMap;yt=new WeakMap;ua=new WeakSet;vo=function(){try{return this.matches(":hover, :focus-visible")}catch{return this.matches(":hover, :focus")}};Fe=new WeakMap;kt=new WeakMap;zi=new WeakMap;ca=new WeakSet;fo=function(){this.addEventListener("mouseenter",H(this,Fe)),this.addEventListener("focus",H(this,Fe)),this.addEventListener("click",H(this,yt));let t=this.tooltipPlacement;t&&this.tooltipEl&&(this.tooltipEl.placement=t)};Q.shadowRootOptions={mode:"open"};Q.getTemplateHTML=Qn;Q.getSlotTemplateHTML=zn;Q.getTooltipContentHTML=Xn;l.customElements.get("media-chrome-button")||l.customElements.define("media-chrome-button",Q);var Zn=`<svg aria-hidden="true" viewBox="0 0 26 24">
  <path d="M22.83 5.68a2.58 2.58 0 0 0-2.3-2.5c-3.62-.24-11.44-.24-15.06 0a2.58 2.58 0 0 0-2.3 2.5c-.23 4.21-.23 8.43 0 12.64a2.58 2.58 0 0 0 2.3 2.5c3.62.24 11.44.24 15.06 0a2.58 2.58 0 0 0 2.3-2.5c.23-4.21.23-8.43 0-12.64Zm-11.39 9.45a3.07 3.07 0 0 1-1.91.57 3.06 3.06 0 0 1-2.34-1 3.75 3.75 0 0 1-.92-2.67 3.92 3.92 0 0 1 .92-2.77 3.18 3.18 0 0 1 2.43-1 2.94 2.94 0 0 1 2.13.78c.364.359.62.813.74 1.31l-1.43.35a1.49 1.49 0 0 0-1.51-1.17 1.61 1.61 0 0 0-1.29.58 2.79 2.79 0 0 0-.5 1.89 3 3 0 0 0 .49 1.93 1.61 1.61 0 0 0 1.27.58 1.48 1.48 0 0 0 1-.37 2.1 2.1 0 0 0 .59-1.14l1.4.44a3.23 3.23 0 0 1-1.07 1.69Zm7.22 0a3.07 3.07 0 0 1-1.91.57 3.06 3.06 0 0 1-2.34-1 3.75 3.75 0 0 1-.92-2.67 3.88 3.88 0 0 1 .93-2.77 3.14 3.14 0 0 1 2.42-1 3 3 0 0 1 2.16.82 2.8 2.8 0 0 1 .73 1.31l-1.43.35a1.49 1.49 0 0 0-1.51-1.21 1.61 1.61 0 0 0-1.29.58A2.79 2.79 0 0 0 15 12a3 3 0 0 0 .49 1.93 1.61 1.61 0 0 0 1.27.58 1.44 1.44 0 0 0 1-.37 2.1 2.1 0 0 0 .6-1.15l1.4.44a3.17 3.17 0 0 1-1.1 1.7Z"/>
</svg>`,Jn=`<svg aria-hidden="true" viewBox="0 0 26 24">
  <path d="M17.73 14.09a1.4 1.4 0 0 1-1 .37 1.579 1.579 0 0 1-1.27-.58A3 3 0 0 1 15 12a2.8 2.8 0 0 1 .5-1.85 1.63 1.63 0 0 1 1.29-.57 1.47 1.47 0 0 1 1.51 1.2l1.43-.34A2.89 2.89 0 0 0 19 9.07a3 3 0 0 0-2.14-.78 3.14 3.14 0 0 0-2.42 1 3.91 3.91 0 0 0-.93 2.78 3.74 3.74 0 0 0 .92 2.66 3.07 3.07 0 0 0 2.34 1 3.07 3.07 0 0 0 1.91-.57 3.17 3.17 0 0 0 1.07-1.74l-1.4-.45c-.083.43-.3.822-.62 1.12Zm-7.22 0a1.43 1.43 0 0 1-1 .37 1.58 1.58 0 0 1-1.27-.58A3 3 0 0 1 7.76 12a2.8 2.8 0 0 1 .5-1.85 1.63 1.63 0 0 1 1.29-.57 1.47 1.47 0 0 1 1.51 1.2l1.43-.34a2.81 2.81 0 0 0-.74-1.32 2.94 2.94 0 0 0-2.13-.78 3.18 3.18 0 0 0-2.43 1 4 4 0 0 0-.92 2.78 3.74 3.74 0 0 0 .92 2.66 3.07 3.07 0 0 0 2.34 1 3.07 3.07 0 0 0 1.91-.57 3.23 3.23 0 0 0 1.07-1.74l-1.4-.45a2.06 2.06 0 0 1-.6 1.07Zm12.32-8.41a2.59 2.59 0 0 0-2.3-2.51C18.72 3.05 15.86 3 13 3c-2.86 0-5.72.05-7.53.17a2.59 2.59 0 0 0-2.3 2.51c-.23 4.207-.23 8.423 0 12.63a2.57 2.57 0 0 0 2.3 2.5c1.81.13 4.67.19 7.53.19 2.86 0 5.72-.06 7.53-.19a2.57 2.57 0 0 0 2.3-2.5c.23-4.207.23-8.423 0-12.63Zm-1.49 12.53a1.11 1.11 0 0 1-.91 1.11c-1.67.11-4.45.18-7.43.18-2.98 0-5.76-.07-7.43-.18a1.11 1.11 0 0 1-.91-1.11c-.21-4.14-.21-8.29 0-12.43a1.11 1.11 0 0 1 .91-1.11C7.24 4.56 10 4.49 13 4.49s5.76.07 7.43.18a1.11 1.11 0 0 1 .91 1.11c.21 4.14.21 8.29 0 12.43Z"/>
</svg>`;function jn(t){return`
    <style>
      :host([aria-checked="true"]) slot[name=off] {
        display: none !important;
      }

      
      :host(:not([aria-checked="true"])) slot[name=on] {
        display: none !important;
      }

      :host([aria-checked="true"]) slot[name=tooltip-enable],
      :host(:not([aria-checked="true"])) slot[name=tooltip-disable] {
        display: none;
      }
    </style>

    <slot name="icon">
      <slot name="on">${Zn}</slot>
      <slot name="off">${Jn}</slot>
    </slot>
  `}function el(){return`
    <slot name="tooltip-enable">${T("Enable captions")}</slot>
    <slot name="tooltip-disable">${T("Disable captions")}</slot>
  `}var _o=t=>{t.setAttribute("aria-checked",Ks(t).toString())},ii=class extends Q{static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_SUBTITLES_LIST,o.MEDIA_SUBTITLES_SHOWING]}connectedCallback(){super.connectedCallback(),this.setAttribute("role","button"),this.setAttribute("aria-label",T("closed captions")),_o(this)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),e===o.MEDIA_SUBTITLES_SHOWING&&_o(this)}get mediaSubtitlesList(){return go(this,o.MEDIA_SUBTITLES_LIST)}set mediaSubtitlesList(e){bo(this,o.MEDIA_SUBTITLES_LIST,e)}get mediaSubtitlesShowing(){return go(this,o.MEDIA_SUBTITLES_SHOWING)}set mediaSubtitlesShowing(e){bo(this,o.MEDIA_SUBTITLES_SHOWING,e)}handleClick(){this.dispatchEvent(new l.CustomEvent(m.MEDIA_TOGGLE_SUBTITLES_REQUEST,{composed:!0,bubbles:!0}))}};ii.getSlotTemplateHTML=jn;ii.getTooltipContentHTML=el;var go=(t,e)=>{let i=t.getAttribute(e);return i?Zr(i):[]},bo=(t,e,i)=>{if(!i?.length){t.removeAttribute(e);return}let r=zt(i);t.getAttribute(e)!==r&&t.setAttribute(e,r)};l.customElements.get("media-captions-button")||l.customElements.define("media-captions-button",ii);var Ao=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},tl=(t,e,i)=>(Ao(t,e,"read from private field"),i?i.call(t):e.get(t)),il=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},rl=(t,e,i,r)=>(Ao(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Xi,al=`<svg aria-hidden="true" viewBox="0 0 26 24">
  <path d="M16 3v2.5h3.5V9H22V3h-6ZM4 9h2.5V5.5H10V3H4v6Zm15.5 9.5H16V21h6v-6h-2.5v3.5ZM6.5 15H4v6h6v-2.5H6.5V15Z"/>
</svg>`,sl=`<svg aria-hidden="true" viewBox="0 0 26 24">
  <path d="M18.5 6.5V3H16v6h6V6.5h-3.5ZM16 21h2.5v-3.5H22V15h-6v6ZM4 17.5h3.5V21H10v-6H4v2.5Zm3.5-11H4V9h6V3H7.5v3.5Z"/>
</svg>`;function ol(t){return`
    <style>
      :host([${o.MEDIA_IS_FULLSCREEN}]) slot[name=icon] slot:not([name=exit]) {
        display: none !important;
      }

      
      :host(:not([${o.MEDIA_IS_FULLSCREEN}])) slot[name=icon] slot:not([name=enter]) {
        display: none !important;
      }

      :host([${o.MEDIA_IS_FULLSCREEN}]) slot[name=tooltip-enter],
      :host(:not([${o.MEDIA_IS_FULLSCREEN}])) slot[name=tooltip-exit] {
        display: none;
      }
    </style>

    <slot name="icon">
      <slot name="enter">${al}</slot>
      <slot name="exit">${sl}</slot>
    </slot>
  `}function nl(){return`
    <slot name="tooltip-enter">${T("Enter fullscreen mode")}</slot>
    <slot name="tooltip-exit">${T("Exit fullscreen mode")}</slot>
  `}var To=t=>{let e=t.mediaIsFullscreen?T("exit fullscreen mode"):T("enter fullscreen mode");t.setAttribute("aria-label",e)},ri=class extends Q{constructor(){super(...arguments),il(this,Xi,null)}static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_IS_FULLSCREEN,o.MEDIA_FULLSCREEN_UNAVAILABLE]}connectedCallback(){super.connectedCallback(),To(this)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),e===o.MEDIA_IS_FULLSCREEN&&To(this)}get mediaFullscreenUnavailable(){return U(this,o.MEDIA_FULLSCREEN_UNAVAILABLE)}set mediaFullscreenUnavailable(e){D(this,o.MEDIA_FULLSCREEN_UNAVAILABLE,e)}get mediaIsFullscreen(){return y(this,o.MEDIA_IS_FULLSCREEN)}set mediaIsFullscreen(e){w(this,o.MEDIA_IS_FULLSCREEN,e)}handleClick(e){rl(this,Xi,e);let i=tl(this,Xi)instanceof PointerEvent,r=this.mediaIsFullscreen?new l.CustomEvent(m.MEDIA_EXIT_FULLSCREEN_REQUEST,{composed:!0,bubbles:!0}):new l.CustomEvent(m.MEDIA_ENTER_FULLSCREEN_REQUEST,{composed:!0,bubbles:!0,detail:i});this.dispatchEvent(r)}};Xi=new WeakMap;ri.getSlotTemplateHTML=ol;ri.getTooltipContentHTML=nl;l.customElements.get("media-fullscreen-button")||l.customElements.define("media-fullscreen-button",ri);var ll=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M16.5 12A4.5 4.5 0 0 0 14 8v2.18l2.45 2.45a4.22 4.22 0 0 0 .05-.63Zm2.5 0a6.84 6.84 0 0 1-.54 2.64L20 16.15A8.8 8.8 0 0 0 21 12a9 9 0 0 0-7-8.77v2.06A7 7 0 0 1 19 12ZM4.27 3 3 4.27 7.73 9H3v6h4l5 5v-6.73l4.25 4.25A6.92 6.92 0 0 1 14 18.7v2.06A9 9 0 0 0 17.69 19l2 2.05L21 19.73l-9-9L4.27 3ZM12 4 9.91 6.09 12 8.18V4Z"/>
</svg>`,So=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M3 9v6h4l5 5V4L7 9H3Zm13.5 3A4.5 4.5 0 0 0 14 8v8a4.47 4.47 0 0 0 2.5-4Z"/>
</svg>`,dl=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M3 9v6h4l5 5V4L7 9H3Zm13.5 3A4.5 4.5 0 0 0 14 8v8a4.47 4.47 0 0 0 2.5-4ZM14 3.23v2.06a7 7 0 0 1 0 13.42v2.06a9 9 0 0 0 0-17.54Z"/>
</svg>`;function ul(t){return`
    <style>
      :host(:not([${o.MEDIA_VOLUME_LEVEL}])) slot[name=icon] slot:not([name=high]),
      :host([${o.MEDIA_VOLUME_LEVEL}=high]) slot[name=icon] slot:not([name=high]) {
        display: none !important;
      }

      :host([${o.MEDIA_VOLUME_LEVEL}=off]) slot[name=icon] slot:not([name=off]) {
        display: none !important;
      }

      :host([${o.MEDIA_VOLUME_LEVEL}=low]) slot[name=icon] slot:not([name=low]) {
        display: none !important;
      }

      :host([${o.MEDIA_VOLUME_LEVEL}=medium]) slot[name=icon] slot:not([name=medium]) {
        display: none !important;
      }

      :host(:not([${o.MEDIA_VOLUME_LEVEL}=off])) slot[name=tooltip-unmute],
      :host([${o.MEDIA_VOLUME_LEVEL}=off]) slot[name=tooltip-mute] {
        display: none;
      }
    </style>

    <slot name="icon">
      <slot name="off">${ll}</slot>
      <slot name="low">${So}</slot>
      <slot name="medium">${So}</slot>
      <slot name="high">${dl}</slot>
    </slot>
  `}function cl(){return`
    <slot name="tooltip-mute">${T("Mute")}</slot>
    <slot name="tooltip-unmute">${T("Unmute")}</slot>
  `}var Io=t=>{let i=t.mediaVolumeLevel==="off"?T("unmute"):T("mute");t.setAttribute("aria-label",i)},ai=class extends Q{static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_VOLUME_LEVEL]}connectedCallback(){super.connectedCallback(),Io(this)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),e===o.MEDIA_VOLUME_LEVEL&&Io(this)}get mediaVolumeLevel(){return U(this,o.MEDIA_VOLUME_LEVEL)}set mediaVolumeLevel(e){D(this,o.MEDIA_VOLUME_LEVEL,e)}handleClick(){let e=this.mediaVolumeLevel==="off"?m.MEDIA_UNMUTE_REQUEST:m.MEDIA_MUTE_REQUEST;this.dispatchEvent(new l.CustomEvent(e,{composed:!0,bubbles:!0}))}};ai.getSlotTemplateHTML=ul;ai.getTooltipContentHTML=cl;l.customElements.get("media-mute-button")||l.customElements.define("media-mute-button",ai);var hl=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="m6 21 15-9L6 3v18Z"/>
</svg>`,ml=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M6 20h4V4H6v16Zm8-16v16h4V4h-4Z"/>
</svg>`;function pl(t){return`
    <style>
      :host([${o.MEDIA_PAUSED}]) slot[name=pause],
      :host(:not([${o.MEDIA_PAUSED}])) slot[name=play] {
        display: none !important;
      }

      :host([${o.MEDIA_PAUSED}]) slot[name=tooltip-pause],
      :host(:not([${o.MEDIA_PAUSED}])) slot[name=tooltip-play] {
        display: none;
      }
    </style>

    <slot name="icon">
      <slot name="play">${hl}</slot>
      <slot name="pause">${ml}</slot>
    </slot>
  `}function El(){return`
    <slot name="tooltip-play">${T("Play")}</slot>
    <slot name="tooltip-pause">${T("Pause")}</slot>
  `}var ko=t=>{let e=t.mediaPaused?T("play"):T("pause");t.setAttribute("aria-label",e)},si=class extends Q{static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_PAUSED,o.MEDIA_ENDED]}connectedCallback(){super.connectedCallback(),ko(this)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),(e===o.MEDIA_PAUSED||e===o.MEDIA_LANG)&&ko(this)}get mediaPaused(){return y(this,o.MEDIA_PAUSED)}set mediaPaused(e){w(this,o.MEDIA_PAUSED,e)}handleClick(){let e=this.mediaPaused?m.MEDIA_PLAY_REQUEST:m.MEDIA_PAUSE_REQUEST;this.dispatchEvent(new l.CustomEvent(e,{composed:!0,bubbles:!0}))}};si.getSlotTemplateHTML=pl;si.getTooltipContentHTML=El;l.customElements.get("media-play-button")||l.customElements.define("media-play-button",si);var wt={SEEK_OFFSET:"seekoffset"},ma=30,vl=t=>`
  <svg aria-hidden="true" viewBox="0 0 20 24">
    <defs>
      <style>.text{font-size:8px;font-family:Arial-BoldMT, Arial;font-weight:700;}</style>
    </defs>
    <text class="text value" transform="translate(2.18 19.87)">${t}</text>
    <path d="M10 6V3L4.37 7 10 10.94V8a5.54 5.54 0 0 1 1.9 10.48v2.12A7.5 7.5 0 0 0 10 6Z"/>
  </svg>`;function fl(t,e){return`
    <slot name="icon">${vl(e.seekOffset)}</slot>
  `}var _l=(t,e)=>{t.setAttribute("aria-label",T("seek back {seekOffset} seconds",{seekOffset:e}))};function gl(){return T("Seek backward")}var bl=0,oi=class extends Q{static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_CURRENT_TIME,wt.SEEK_OFFSET]}connectedCallback(){super.connectedCallback(),this.seekOffset=W(this,wt.SEEK_OFFSET,ma)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),_l(this,this.seekOffset),e===wt.SEEK_OFFSET&&(this.seekOffset=W(this,wt.SEEK_OFFSET,ma))}get seekOffset(){return W(this,wt.SEEK_OFFSET,ma)}set seekOffset(e){q(this,wt.SEEK_OFFSET,e),this.setAttribute("aria-label",T("seek back {seekOffset} seconds",{seekOffset:this.seekOffset})),Ts(As(this,"icon"),this.seekOffset)}get mediaCurrentTime(){return W(this,o.MEDIA_CURRENT_TIME,bl)}set mediaCurrentTime(e){q(this,o.MEDIA_CURRENT_TIME,e)}handleClick(){let e=Math.max(this.mediaCurrentTime-this.seekOffset,0),i=new l.CustomEvent(m.MEDIA_SEEK_REQUEST,{composed:!0,bubbles:!0,detail:e});this.dispatchEvent(i)}};oi.getSlotTemplateHTML=fl;oi.getTooltipContentHTML=gl;l.customElements.get("media-seek-backward-button")||l.customElements.define("media-seek-backward-button",oi);var yo=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Zi=(t,e,i)=>(yo(t,e,"read from private field"),i?i.call(t):e.get(t)),Tl=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Ji=(t,e,i,r)=>(yo(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),be;function Al(t,e={}){return`
    <style>
      :host {
        font: var(--media-font,
          var(--media-font-weight, normal)
          var(--media-font-size, 14px) /
          var(--media-text-content-height, var(--media-control-height, 24px))
          var(--media-font-family, helvetica neue, segoe ui, roboto, arial, sans-serif));
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        background: var(--media-text-background, var(--media-control-background, var(--media-secondary-color, rgb(20 20 30 / .7))));
        padding: var(--media-control-padding, 10px);
        display: inline-flex;
        justify-content: center;
        align-items: center;
        vertical-align: middle;
        box-sizing: border-box;
        text-align: center;
        pointer-events: auto;
      }

      
      :host(:focus-visible) {
        box-shadow: var(--media-focus-box-shadow, inset 0 0 0 2px rgb(27 127 204 / .9));
        outline: 0;
      }

      
      :host(:where(:focus)) {
        box-shadow: none;
        outline: 0;
      }
    </style>

    ${this.getSlotTemplateHTML(t,e)}
  `}function Sl(t,e){return`
    <slot></slot>
  `}var se=class extends l.HTMLElement{constructor(){if(super(),Tl(this,be,void 0),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=V(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[M.MEDIA_CONTROLLER]}attributeChangedCallback(e,i,r){var a,s,n,d,u;e===M.MEDIA_CONTROLLER&&(i&&((s=(a=Zi(this,be))==null?void 0:a.unassociateElement)==null||s.call(a,this),Ji(this,be,null)),r&&this.isConnected&&(Ji(this,be,(n=this.getRootNode())==null?void 0:n.getElementById(r)),(u=(d=Zi(this,be))==null?void 0:d.associateElement)==null||u.call(d,this)))}connectedCallback(){var e,i,r;let{style:a}=R(this.shadowRoot,":host");a.setProperty("display",`var(--media-control-display, var(--${this.localName}-display, inline-flex))`);let s=this.getAttribute(M.MEDIA_CONTROLLER);s&&(Ji(this,be,(e=this.getRootNode())==null?void 0:e.getElementById(s)),(r=(i=Zi(this,be))==null?void 0:i.associateElement)==null||r.call(i,this))}disconnectedCallback(){var e,i;(i=(e=Zi(this,be))==null?void 0:e.unassociateElement)==null||i.call(e,this),Ji(this,be,null)}};be=new WeakMap;se.shadowRootOptions={mode:"open"};se.getTemplateHTML=Al;se.getSlotTemplateHTML=Sl;l.customElements.get("media-text-display")||l.customElements.define("media-text-display",se);var wo=[{singular:"hour",plural:"hours"},{singular:"minute",plural:"minutes"},{singular:"second",plural:"seconds"}],Mo=(t,e)=>{let i=t===1?T(wo[e].singular):T(wo[e].plural);return`${t} ${i}`},it=t=>{if(!bt(t))return"";let e=Math.abs(t),i=e!==t,r=new Date(0,0,0,0,0,e,0),s=[r.getHours(),r.getMinutes(),r.getSeconds()].map((n,d)=>n&&Mo(n,d)).filter(n=>n).join(", ");return i?T("{time} remaining",{time:s}):e===0?Mo(0,2):s};function rt(t,e){let i=!1;t<0&&(i=!0,t=0-t),t=t<0?0:t;let r=Math.floor(t%60),a=Math.floor(t/60%60),s=Math.floor(t/3600),n=Math.floor(e/60%60),d=Math.floor(e/3600);return(isNaN(t)||t===1/0)&&(s=a=r="0"),s=s>0||d>0?s+":":"",a=((s||n>=10)&&a<10?"0"+a:a)+":",r=r<10?"0"+r:r,(i?"-":"")+s+a+r}var ac=Object.freeze({length:0,start(t){let e=t>>>0;if(e>=this.length)throw new DOMException(`Failed to execute 'start' on 'TimeRanges': The index provided (${e}) is greater than or equal to the maximum bound (${this.length}).`);return 0},end(t){let e=t>>>0;if(e>=this.length)throw new DOMException(`Failed to execute 'end' on 'TimeRanges': The index provided (${e}) is greater than or equal to the maximum bound (${this.length}).`);return 0}});var va=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},me=(t,e,i)=>(va(t,e,"read from private field"),i?i.call(t):e.get(t)),at=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},fa=(t,e,i,r)=>(va(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),We=(t,e,i)=>(va(t,e,"access private method"),i),Mt,Te,rr,_a,Ro,tr,ga,ni,ji,er,pa,He={REMAINING:"remaining",SHOW_DURATION:"showduration",NO_TOGGLE:"notoggle"},Lo=[...Object.values(He),o.MEDIA_CURRENT_TIME,o.MEDIA_DURATION,o.MEDIA_SEEKABLE],Do=["Enter"," "],Il="&nbsp;/&nbsp;",Ea=(t,{timesSep:e=Il}={})=>{var i,r;let a=(i=t.mediaCurrentTime)!=null?i:0,[,s]=(r=t.mediaSeekable)!=null?r:[],n=0;Number.isFinite(t.mediaDuration)?n=t.mediaDuration:Number.isFinite(s)&&(n=s);let d=t.remaining?rt(0-(n-a)):rt(a);return t.showDuration?`${d}${e}${rt(n)}`:d},kl=t=>{var e;let i=t.mediaCurrentTime,[,r]=(e=t.mediaSeekable)!=null?e:[],a=null;if(Number.isFinite(t.mediaDuration)?a=t.mediaDuration:Number.isFinite(r)&&(a=r),i==null||a===null){t.setAttribute("aria-description",T("video not loaded, unknown time."));return}let s=t.remaining?it(0-(a-i)):it(i);if(!t.showDuration){t.setAttribute("aria-description",s);return}let n=it(a),d=T("{currentTime} of {totalTime}",{currentTime:s,totalTime:n});t.setAttribute("aria-description",d)};function yl(t,e){return`
    <slot>${Ea(e)}</slot>
  `}var wl=t=>{t.setAttribute("aria-label",T("playback time"))},ir=class extends se{constructor(){super(),at(this,_a),at(this,tr),at(this,ni),at(this,er),at(this,Mt,void 0),at(this,Te,null),at(this,rr,e=>{let{metaKey:i,altKey:r,key:a}=e;if(i||r||!Do.includes(a)){this.removeEventListener("keyup",me(this,Te));return}this.addEventListener("keyup",me(this,Te))}),fa(this,Mt,this.shadowRoot.querySelector("slot")),me(this,Mt).innerHTML=`${Ea(this)}`}static get observedAttributes(){return[...super.observedAttributes,...Lo,"disabled"]}connectedCallback(){let{style:e}=R(this.shadowRoot,":host(:hover:not([notoggle]))");e.setProperty("cursor","var(--media-cursor, pointer)"),e.setProperty("background","var(--media-control-hover-background, rgba(50 50 70 / .7))"),this.setAttribute("aria-label",T("playback time")),We(this,ni,ji).call(this),super.connectedCallback()}toggleTimeDisplay(){this.noToggle||(this.hasAttribute("remaining")?this.removeAttribute("remaining"):this.setAttribute("remaining",""))}disconnectedCallback(){this.disable(),We(this,tr,ga).call(this),super.disconnectedCallback()}attributeChangedCallback(e,i,r){wl(this),Lo.includes(e)?this.update():e==="disabled"&&r!==i?r==null?We(this,ni,ji).call(this):We(this,er,pa).call(this):e===He.NO_TOGGLE&&r!==i&&(this.noToggle?We(this,er,pa).call(this):We(this,ni,ji).call(this)),super.attributeChangedCallback(e,i,r)}enable(){this.noToggle||(this.tabIndex=0)}disable(){this.tabIndex=-1}get remaining(){return y(this,He.REMAINING)}set remaining(e){w(this,He.REMAINING,e)}get showDuration(){return y(this,He.SHOW_DURATION)}set showDuration(e){w(this,He.SHOW_DURATION,e)}get noToggle(){return y(this,He.NO_TOGGLE)}set noToggle(e){w(this,He.NO_TOGGLE,e)}get mediaDuration(){return W(this,o.MEDIA_DURATION)}set mediaDuration(e){q(this,o.MEDIA_DURATION,e)}get mediaCurrentTime(){return W(this,o.MEDIA_CURRENT_TIME)}set mediaCurrentTime(e){q(this,o.MEDIA_CURRENT_TIME,e)}get mediaSeekable(){let e=this.getAttribute(o.MEDIA_SEEKABLE);if(e)return e.split(":").map(i=>+i)}set mediaSeekable(e){if(e==null){this.removeAttribute(o.MEDIA_SEEKABLE);return}this.setAttribute(o.MEDIA_SEEKABLE,e.join(":"))}update(){let e=Ea(this);kl(this),e!==me(this,Mt).innerHTML&&(me(this,Mt).innerHTML=e)}};Mt=new WeakMap;Te=new WeakMap;rr=new WeakMap;_a=new WeakSet;Ro=function(){me(this,Te)||(fa(this,Te,t=>{let{key:e}=t;if(!Do.includes(e)){this.removeEventListener("keyup",me(this,Te));return}this.toggleTimeDisplay()}),this.addEventListener("keydown",me(this,rr)),this.addEventListener("click",this.toggleTimeDisplay))};tr=new WeakSet;ga=function(){me(this,Te)&&(this.removeEventListener("keyup",me(this,Te)),this.removeEventListener("keydown",me(this,rr)),this.removeEventListener("click",this.toggleTimeDisplay),fa(this,Te,null))};ni=new WeakSet;ji=function(){!this.noToggle&&!this.hasAttribute("disabled")&&(this.setAttribute("role","button"),this.enable(),We(this,_a,Ro).call(this))};er=new WeakSet;pa=function(){this.removeAttribute("role"),this.disable(),We(this,tr,ga).call(this)};ir.getSlotTemplateHTML=yl;l.customElements.get("media-time-display")||l.customElements.define("media-time-display",ir);var ya=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},x=(t,e,i)=>(ya(t,e,"read from private field"),i?i.call(t):e.get(t)),z=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Be=(t,e,i,r)=>(ya(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),pe=(t,e,i)=>(ya(t,e,"access private method"),i),Ae,mr,ar,sr,Ee,cr,or,nr,lr,wa,Co,dr,ba,ur,Ta,hr,Ma,Aa,Oo,Sa,Uo,Ia,xo,ka,Po;function Ml(t){return`
    <style>
      :host {
        --_focus-box-shadow: var(--media-focus-box-shadow, inset 0 0 0 2px rgb(27 127 204 / .9));
        --_media-range-padding: var(--media-range-padding, var(--media-control-padding, 10px));

        box-shadow: var(--_focus-visible-box-shadow, none);
        background: var(--media-control-background, var(--media-secondary-color, rgb(20 20 30 / .7)));
        height: calc(var(--media-control-height, 24px) + 2 * var(--_media-range-padding));
        display: inline-flex;
        align-items: center;
        
        vertical-align: middle;
        box-sizing: border-box;
        position: relative;
        width: 100px;
        transition: background .15s linear;
        cursor: var(--media-cursor, pointer);
        pointer-events: auto;
        touch-action: none; 
      }

      
      input[type=range]:focus {
        outline: 0;
      }
      input[type=range]:focus::-webkit-slider-runnable-track {
        outline: 0;
      }

      :host(:hover) {
        background: var(--media-control-hover-background, rgb(50 50 70 / .7));
      }

      #leftgap {
        padding-left: var(--media-range-padding-left, var(--_media-range-padding));
      }

      #rightgap {
        padding-right: var(--media-range-padding-right, var(--_media-range-padding));
      }

      #startpoint,
      #endpoint {
        position: absolute;
      }

      #endpoint {
        right: 0;
      }

      #container {
        
        width: var(--media-range-track-width, 100%);
        transform: translate(var(--media-range-track-translate-x, 0px), var(--media-range-track-translate-y, 0px));
        position: relative;
        height: 100%;
        display: flex;
        align-items: center;
        min-width: 40px;
      }

      #range {
        
        display: var(--media-time-range-hover-display, block);
        bottom: var(--media-time-range-hover-bottom, 0);
        height: var(--media-time-range-hover-height, max(100% , 25px));
        width: 100%;
        position: absolute;
        cursor: var(--media-cursor, pointer);

        -webkit-appearance: none; 
        -webkit-tap-highlight-color: transparent;
        background: transparent; 
        margin: 0;
        z-index: 1;
      }

      @media (hover: hover) {
        #range {
          bottom: var(--media-time-range-hover-bottom, 0);
          height: var(--media-time-range-hover-height, max(100%, 20px));
        }
      }

      
      
      #range::-webkit-slider-thumb {
        -webkit-appearance: none;
        background: transparent;
        width: .1px;
        height: .1px;
      }

      
      #range::-moz-range-thumb {
        background: transparent;
        border: transparent;
        width: .1px;
        height: .1px;
      }

      #appearance {
        height: var(--media-range-track-height, 4px);
        display: flex;
        flex-direction: column;
        justify-content: center;
        width: 100%;
        position: absolute;
        
        will-change: transform;
      }

      #track {
        background: var(--media-range-track-background, rgb(255 255 255 / .2));
        border-radius: var(--media-range-track-border-radius, 1px);
        border: var(--media-range-track-border, none);
        outline: var(--media-range-track-outline);
        outline-offset: var(--media-range-track-outline-offset);
        backdrop-filter: var(--media-range-track-backdrop-filter);
        -webkit-backdrop-filter: var(--media-range-track-backdrop-filter);
        box-shadow: var(--media-range-track-box-shadow, none);
        position: absolute;
        width: 100%;
        height: 100%;
        overflow: hidden;
      }

      #progress,
      #pointer {
        position: absolute;
        height: 100%;
        will-change: width;
      }

      #progress {
        background: var(--media-range-bar-color, var(--media-primary-color, rgb(238 238 238)));
        transition: var(--media-range-track-transition);
      }

      #pointer {
        background: var(--media-range-track-pointer-background);
        border-right: var(--media-range-track-pointer-border-right);
        transition: visibility .25s, opacity .25s;
        visibility: hidden;
        opacity: 0;
      }

      @media (hover: hover) {
        :host(:hover) #pointer {
          transition: visibility .5s, opacity .5s;
          visibility: visible;
          opacity: 1;
        }
      }

      #thumb,
      ::slotted([slot=thumb]) {
        width: var(--media-range-thumb-width, 10px);
        height: var(--media-range-thumb-height, 10px);
        transition: var(--media-range-thumb-transition);
        transform: var(--media-range-thumb-transform, none);
        opacity: var(--media-range-thumb-opacity, 1);
        translate: -50%;
        position: absolute;
        left: 0;
        cursor: var(--media-cursor, pointer);
      }

      #thumb {
        border-radius: var(--media-range-thumb-border-radius, 10px);
        background: var(--media-range-thumb-background, var(--media-primary-color, rgb(238 238 238)));
        box-shadow: var(--media-range-thumb-box-shadow, 1px 1px 1px transparent);
        border: var(--media-range-thumb-border, none);
      }

      :host([disabled]) #thumb {
        background-color: #777;
      }

      .segments #appearance {
        height: var(--media-range-segment-hover-height, 7px);
      }

      #track {
        clip-path: url(#segments-clipping);
      }

      #segments {
        --segments-gap: var(--media-range-segments-gap, 2px);
        position: absolute;
        width: 100%;
        height: 100%;
      }

      #segments-clipping {
        transform: translateX(calc(var(--segments-gap) / 2));
      }

      #segments-clipping:empty {
        display: none;
      }

      #segments-clipping rect {
        height: var(--media-range-track-height, 4px);
        y: calc((var(--media-range-segment-hover-height, 7px) - var(--media-range-track-height, 4px)) / 2);
        transition: var(--media-range-segment-transition, transform .1s ease-in-out);
        transform: var(--media-range-segment-transform, scaleY(1));
        transform-origin: center;
      }

      /* Visible label for accessibility - positioned off-screen but technically visible (Firefox requires visible labels) */
      #range-label {
        position: absolute;
        left: -10000px;
        background: var(--media-control-background, var(--media-secondary-color, rgb(20 20 30 / .7)));
        pointer-events: none;
      }
    </style>
    <div id="leftgap"></div>
    <div id="container">
      <div id="startpoint"></div>
      <div id="endpoint"></div>
      <div id="appearance">
        <div id="track" part="track">
          <div id="pointer"></div>
          <div id="progress" part="progress"></div>
        </div>
        <slot name="thumb">
          <div id="thumb" part="thumb"></div>
        </slot>
        <svg id="segments" aria-hidden="true"><clipPath id="segments-clipping"></clipPath></svg>
      </div>
        <input id="range" type="range" min="0" max="1" step="any" value="0">
        <label for="range" id="range-label"></label>

      ${this.getContainerTemplateHTML(t)}
    </div>
    <div id="rightgap"></div>
  `}function Ll(t){return""}var $e=class extends l.HTMLElement{constructor(){if(super(),z(this,wa),z(this,dr),z(this,ur),z(this,hr),z(this,Aa),z(this,Sa),z(this,Ia),z(this,ka),z(this,Ae,void 0),z(this,mr,void 0),z(this,ar,void 0),z(this,sr,void 0),z(this,Ee,{}),z(this,cr,[]),z(this,or,()=>{if(this.range.matches(":focus-visible")){let{style:e}=R(this.shadowRoot,":host");e.setProperty("--_focus-visible-box-shadow","var(--_focus-box-shadow)")}}),z(this,nr,()=>{let{style:e}=R(this.shadowRoot,":host");e.removeProperty("--_focus-visible-box-shadow")}),z(this,lr,()=>{let e=this.shadowRoot.querySelector("#segments-clipping");e&&e.parentNode.append(e)}),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=V(this.attributes),i=this.constructor.getTemplateHTML(e);this.shadowRoot.setHTMLUnsafe?this.shadowRoot.setHTMLUnsafe(i):this.shadowRoot.innerHTML=i}this.container=this.shadowRoot.querySelector("#container"),Be(this,ar,this.shadowRoot.querySelector("#startpoint")),Be(this,sr,this.shadowRoot.querySelector("#endpoint")),this.range=this.shadowRoot.querySelector("#range"),this.appearance=this.shadowRoot.querySelector("#appearance")}static get observedAttributes(){return["disabled","aria-disabled",M.MEDIA_CONTROLLER]}attributeChangedCallback(e,i,r){var a,s,n,d,u;e===M.MEDIA_CONTROLLER?(i&&((s=(a=x(this,Ae))==null?void 0:a.unassociateElement)==null||s.call(a,this),Be(this,Ae,null)),r&&this.isConnected&&(Be(this,Ae,(n=this.getRootNode())==null?void 0:n.getElementById(r)),(u=(d=x(this,Ae))==null?void 0:d.associateElement)==null||u.call(d,this))):(e==="disabled"||e==="aria-disabled"&&i!==r)&&(r==null?(this.range.removeAttribute(e),pe(this,dr,ba).call(this)):(this.range.setAttribute(e,r),pe(this,ur,Ta).call(this)))}connectedCallback(){var e,i,r;let{style:a}=R(this.shadowRoot,":host");a.setProperty("display",`var(--media-control-display, var(--${this.localName}-display, inline-flex))`),x(this,Ee).pointer=R(this.shadowRoot,"#pointer"),x(this,Ee).progress=R(this.shadowRoot,"#progress"),x(this,Ee).thumb=R(this.shadowRoot,'#thumb, ::slotted([slot="thumb"])'),x(this,Ee).activeSegment=R(this.shadowRoot,"#segments-clipping rect:nth-child(0)");let s=this.getAttribute(M.MEDIA_CONTROLLER);s&&(Be(this,Ae,(e=this.getRootNode())==null?void 0:e.getElementById(s)),(r=(i=x(this,Ae))==null?void 0:i.associateElement)==null||r.call(i,this)),this.updateBar(),this.shadowRoot.addEventListener("focusin",x(this,or)),this.shadowRoot.addEventListener("focusout",x(this,nr)),pe(this,dr,ba).call(this),Ti(this.container,x(this,lr))}disconnectedCallback(){var e,i;pe(this,ur,Ta).call(this),(i=(e=x(this,Ae))==null?void 0:e.unassociateElement)==null||i.call(e,this),Be(this,Ae,null),this.shadowRoot.removeEventListener("focusin",x(this,or)),this.shadowRoot.removeEventListener("focusout",x(this,nr)),Ai(this.container,x(this,lr))}updatePointerBar(e){var i;(i=x(this,Ee).pointer)==null||i.style.setProperty("width",`${this.getPointerRatio(e)*100}%`)}updateBar(){var e,i;let r=this.range.valueAsNumber*100;(e=x(this,Ee).progress)==null||e.style.setProperty("width",`${r}%`),(i=x(this,Ee).thumb)==null||i.style.setProperty("left",`${r}%`)}updateSegments(e){let i=this.shadowRoot.querySelector("#segments-clipping");if(i.textContent="",this.container.classList.toggle("segments",!!e?.length),!e?.length)return;let r=[...new Set([+this.range.min,...e.flatMap(s=>[s.start,s.end]),+this.range.max])];Be(this,cr,[...r]);let a=r.pop();for(let[s,n]of r.entries()){let[d,u]=[s===0,s===r.length-1],S=d?"calc(var(--segments-gap) / -1)":`${n*100}%`,g=`calc(${((u?a:r[s+1])-n)*100}%${d||u?"":" - var(--segments-gap)"})`,v=F.createElementNS("http://www.w3.org/2000/svg","rect"),h=Pr(this.shadowRoot,`#segments-clipping rect:nth-child(${s+1})`);h.style.setProperty("x",S),h.style.setProperty("width",g),i.append(v)}}getPointerRatio(e){return Ss(e.clientX,e.clientY,x(this,ar).getBoundingClientRect(),x(this,sr).getBoundingClientRect())}get dragging(){return this.hasAttribute("dragging")}handleEvent(e){switch(e.type){case"pointermove":pe(this,ka,Po).call(this,e);break;case"input":this.updateBar();break;case"pointerenter":pe(this,Aa,Oo).call(this,e);break;case"pointerdown":pe(this,hr,Ma).call(this,e);break;case"pointerup":pe(this,Sa,Uo).call(this);break;case"pointerleave":pe(this,Ia,xo).call(this);break}}get keysUsed(){return["ArrowUp","ArrowRight","ArrowDown","ArrowLeft"]}};Ae=new WeakMap;mr=new WeakMap;ar=new WeakMap;sr=new WeakMap;Ee=new WeakMap;cr=new WeakMap;or=new WeakMap;nr=new WeakMap;lr=new WeakMap;wa=new WeakSet;Co=function(t){let e=x(this,Ee).activeSegment;if(!e)return;let i=this.getPointerRatio(t),a=`#segments-clipping rect:nth-child(${x(this,cr).findIndex((s,n,d)=>{let u=d[n+1];return u!=null&&i>=s&&i<=u})+1})`;(e.selectorText!=a||!e.style.transform)&&(e.selectorText=a,e.style.setProperty("transform","var(--media-range-segment-hover-transform, scaleY(2))"))};dr=new WeakSet;ba=function(){this.hasAttribute("disabled")||!this.isConnected||(this.addEventListener("input",this),this.addEventListener("pointerdown",this),this.addEventListener("pointerenter",this))};ur=new WeakSet;Ta=function(){var t,e;this.removeEventListener("input",this),this.removeEventListener("pointerdown",this),this.removeEventListener("pointerenter",this),this.removeEventListener("pointerleave",this),(t=l.window)==null||t.removeEventListener("pointerup",this),(e=l.window)==null||e.removeEventListener("pointermove",this)};hr=new WeakSet;Ma=function(t){var e;Be(this,mr,t.composedPath().includes(this.range)),(e=l.window)==null||e.addEventListener("pointerup",this,{once:!0})};Aa=new WeakSet;Oo=function(t){var e;t.pointerType!=="mouse"&&pe(this,hr,Ma).call(this,t),this.addEventListener("pointerleave",this,{once:!0}),(e=l.window)==null||e.addEventListener("pointermove",this)};Sa=new WeakSet;Uo=function(){var t;(t=l.window)==null||t.removeEventListener("pointerup",this),this.toggleAttribute("dragging",!1),this.range.disabled=this.hasAttribute("disabled")};Ia=new WeakSet;xo=function(){var t,e;this.removeEventListener("pointerleave",this),(t=l.window)==null||t.removeEventListener("pointermove",this),this.toggleAttribute("dragging",!1),this.range.disabled=this.hasAttribute("disabled"),(e=x(this,Ee).activeSegment)==null||e.style.removeProperty("transform")};ka=new WeakSet;Po=function(t){t.pointerType==="pen"&&t.buttons===0||(this.toggleAttribute("dragging",t.buttons===1||t.pointerType!=="mouse"),this.updatePointerBar(t),pe(this,wa,Co).call(this,t),this.dragging&&(t.pointerType!=="mouse"||!x(this,mr))&&(this.range.disabled=!0,this.range.valueAsNumber=this.getPointerRatio(t),this.range.dispatchEvent(new Event("input",{bubbles:!0,composed:!0}))))};$e.shadowRootOptions={mode:"open"};$e.getTemplateHTML=Ml;$e.getContainerTemplateHTML=Ll;l.customElements.get("media-chrome-range")||l.customElements.define("media-chrome-range",$e);var No=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},pr=(t,e,i)=>(No(t,e,"read from private field"),i?i.call(t):e.get(t)),Rl=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Er=(t,e,i,r)=>(No(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Se;function Dl(t){return`
    <style>
      :host {
        box-sizing: border-box;
        display: var(--media-control-display, var(--media-preview-thumbnail-display, inline-block));
        overflow: hidden;
      }

      img {
        display: none;
        position: relative;
      }
    </style>
    <img crossorigin loading="eager" decoding="async">
  `}var Lt=class extends l.HTMLElement{constructor(){if(super(),Rl(this,Se,void 0),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=V(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[M.MEDIA_CONTROLLER,o.MEDIA_PREVIEW_IMAGE,o.MEDIA_PREVIEW_COORDS]}connectedCallback(){var e,i,r;let a=this.getAttribute(M.MEDIA_CONTROLLER);a&&(Er(this,Se,(e=this.getRootNode())==null?void 0:e.getElementById(a)),(r=(i=pr(this,Se))==null?void 0:i.associateElement)==null||r.call(i,this))}disconnectedCallback(){var e,i;(i=(e=pr(this,Se))==null?void 0:e.unassociateElement)==null||i.call(e,this),Er(this,Se,null)}attributeChangedCallback(e,i,r){var a,s,n,d,u;[o.MEDIA_PREVIEW_IMAGE,o.MEDIA_PREVIEW_COORDS].includes(e)&&this.update(),e===M.MEDIA_CONTROLLER&&(i&&((s=(a=pr(this,Se))==null?void 0:a.unassociateElement)==null||s.call(a,this),Er(this,Se,null)),r&&this.isConnected&&(Er(this,Se,(n=this.getRootNode())==null?void 0:n.getElementById(r)),(u=(d=pr(this,Se))==null?void 0:d.associateElement)==null||u.call(d,this)))}get mediaPreviewImage(){return U(this,o.MEDIA_PREVIEW_IMAGE)}set mediaPreviewImage(e){D(this,o.MEDIA_PREVIEW_IMAGE,e)}get mediaPreviewCoords(){let e=this.getAttribute(o.MEDIA_PREVIEW_COORDS);if(e)return e.split(/\s+/).map(i=>+i)}set mediaPreviewCoords(e){if(!e){this.removeAttribute(o.MEDIA_PREVIEW_COORDS);return}this.setAttribute(o.MEDIA_PREVIEW_COORDS,e.join(" "))}update(){let e=this.mediaPreviewCoords,i=this.mediaPreviewImage;if(!(e&&i))return;let[r,a,s,n]=e,d=i.split("#")[0],u=getComputedStyle(this),{maxWidth:S,maxHeight:A,minWidth:g,minHeight:v}=u,h=u.getPropertyValue("--media-preview-thumbnail-object-fit").trim()||"contain",_,E;if(h==="fill"){let ke=parseInt(S)/s,ye=parseInt(A)/n,Ft=parseInt(g)/s,Ke=parseInt(v)/n;_=ke<1?ke:Math.max(ke,Ft),E=ye<1?ye:Math.max(ye,Ke)}else{let ke=Math.min(parseInt(S)/s,parseInt(A)/n),ye=Math.max(parseInt(g)/s,parseInt(v)/n),Ke=ke<1?ke:ye>1?ye:1;_=Ke,E=Ke}let{style:I}=R(this.shadowRoot,":host"),b=R(this.shadowRoot,"img").style,X=this.shadowRoot.querySelector("img"),Nt=Math.min(_,E)<1?"min":"max";I.setProperty(`${Nt}-width`,"initial","important"),I.setProperty(`${Nt}-height`,"initial","important"),I.width=`${s*_}px`,I.height=`${n*E}px`;let ot=()=>{b.width=`${this.imgWidth*_}px`,b.height=`${this.imgHeight*E}px`,b.display="block"};X.src!==d&&(X.onload=()=>{this.imgWidth=X.naturalWidth,this.imgHeight=X.naturalHeight,ot(),X.onload=null},X.src=d,ot()),ot(),b.transform=`translate(-${r*_}px, -${a*E}px)`}};Se=new WeakMap;Lt.shadowRootOptions={mode:"open"};Lt.getTemplateHTML=Dl;l.customElements.get("media-preview-thumbnail")||l.customElements.define("media-preview-thumbnail",Lt);var La=Lt;var Ho=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Fo=(t,e,i)=>(Ho(t,e,"read from private field"),i?i.call(t):e.get(t)),Cl=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Ol=(t,e,i,r)=>(Ho(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),li,Ra=class extends se{constructor(){super(),Cl(this,li,void 0),Ol(this,li,this.shadowRoot.querySelector("slot")),Fo(this,li).textContent=rt(0)}static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_PREVIEW_TIME]}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),e===o.MEDIA_PREVIEW_TIME&&r!=null&&(Fo(this,li).textContent=rt(parseFloat(r)))}get mediaPreviewTime(){return W(this,o.MEDIA_PREVIEW_TIME)}set mediaPreviewTime(e){q(this,o.MEDIA_PREVIEW_TIME,e)}};li=new WeakMap;l.customElements.get("media-preview-time-display")||l.customElements.define("media-preview-time-display",Ra);var Wo=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Ul=(t,e,i)=>(Wo(t,e,"read from private field"),i?i.call(t):e.get(t)),xl=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Pl=(t,e,i,r)=>(Wo(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),vr,Da=class extends se{constructor(){super(),xl(this,vr,void 0),Pl(this,vr,this.shadowRoot.querySelector("slot"))}static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_PREVIEW_CHAPTER,o.MEDIA_LANG]}attributeChangedCallback(e,i,r){if(super.attributeChangedCallback(e,i,r),(e===o.MEDIA_PREVIEW_CHAPTER||e===o.MEDIA_LANG)&&r!==i&&r!=null)if(Ul(this,vr).textContent=r,r!==""){let a=T("chapter: {chapterName}",{chapterName:r});this.setAttribute("aria-valuetext",a)}else this.removeAttribute("aria-valuetext")}get mediaPreviewChapter(){return U(this,o.MEDIA_PREVIEW_CHAPTER)}set mediaPreviewChapter(e){D(this,o.MEDIA_PREVIEW_CHAPTER,e)}};vr=new WeakMap;l.customElements.get("media-preview-chapter-display")||l.customElements.define("media-preview-chapter-display",Da);var Bo=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},G=(t,e,i)=>(Bo(t,e,"read from private field"),i?i.call(t):e.get(t)),Ie=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},ae=(t,e,i,r)=>(Bo(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Nl=(t,e,i,r)=>({set _(a){ae(t,e,a,i)},get _(){return G(t,e,r)}}),Rt,fr,Dt,di,_r,gr,br,Ct,st,Tr,Ar=class{constructor(e,i,r){Ie(this,Rt,void 0),Ie(this,fr,void 0),Ie(this,Dt,void 0),Ie(this,di,void 0),Ie(this,_r,void 0),Ie(this,gr,void 0),Ie(this,br,void 0),Ie(this,Ct,void 0),Ie(this,st,0),Ie(this,Tr,(a=performance.now())=>{ae(this,st,requestAnimationFrame(G(this,Tr))),ae(this,di,performance.now()-G(this,Dt));let s=1e3/this.fps;if(G(this,di)>s){ae(this,Dt,a-G(this,di)%s);let n=1e3/((a-G(this,fr))/++Nl(this,_r)._),d=(a-G(this,gr))/1e3/this.duration,u=G(this,br)+d*this.playbackRate;u-G(this,Rt).valueAsNumber>0?ae(this,Ct,this.playbackRate/this.duration/n):(ae(this,Ct,.995*G(this,Ct)),u=G(this,Rt).valueAsNumber+G(this,Ct)),this.callback(u)}}),ae(this,Rt,e),this.callback=i,this.fps=r}start(){G(this,st)===0&&(ae(this,Dt,performance.now()),ae(this,fr,G(this,Dt)),ae(this,_r,0),G(this,Tr).call(this))}stop(){G(this,st)!==0&&(cancelAnimationFrame(G(this,st)),ae(this,st,0))}update({start:e,duration:i,playbackRate:r}){let a=e-G(this,Rt).valueAsNumber,s=Math.abs(i-this.duration);(a>0||a<-.5/i||s>=.5)&&this.callback(e),ae(this,br,e),ae(this,gr,performance.now()),this.duration=i,this.playbackRate=r}};Rt=new WeakMap;fr=new WeakMap;Dt=new WeakMap;di=new WeakMap;_r=new WeakMap;gr=new WeakMap;br=new WeakMap;Ct=new WeakMap;st=new WeakMap;Tr=new WeakMap;var Pa=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},C=(t,e,i)=>(Pa(t,e,"read from private field"),i?i.call(t):e.get(t)),B=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},oe=(t,e,i,r)=>(Pa(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),ne=(t,e,i)=>(Pa(t,e,"access private method"),i),Ot,Ve,kr,ci,yr,Ir,hi,mi,Ut,xt,ui,Ca,$o,Oa,wr,Na,Mr,Fa,Lr,Ha,Ua,Vo,pi,Rr,xa,Ko,Fl=t=>{let e=t.range,i=it(+Go(t)),r=it(+t.mediaSeekableEnd),a=i&&r?T("{currentTime} of {totalTime}",{currentTime:i,totalTime:r}):T("video not loaded, unknown time.");e.setAttribute("aria-valuetext",a)};function Hl(t){return`
    <style>
      :host {
        --media-box-border-radius: 4px;
        --media-box-padding-left: 10px;
        --media-box-padding-right: 10px;
        --media-preview-border-radius: var(--media-box-border-radius);
        --media-box-arrow-offset: var(--media-box-border-radius);
        --_control-background: var(--media-control-background, var(--media-secondary-color, rgb(20 20 30 / .7)));
        --_preview-background: var(--media-preview-background, var(--_control-background));

        
        contain: layout;
      }

      #buffered {
        background: var(--media-time-range-buffered-color, rgb(255 255 255 / .4));
        position: absolute;
        height: 100%;
        will-change: width;
      }

      #preview-rail,
      #current-rail {
        width: 100%;
        position: absolute;
        left: 0;
        bottom: 100%;
        pointer-events: none;
        will-change: transform;
      }

      [part~="box"] {
        width: min-content;
        
        position: absolute;
        bottom: 100%;
        flex-direction: column;
        align-items: center;
        transform: translateX(-50%);
      }

      [part~="current-box"] {
        display: var(--media-current-box-display, var(--media-box-display, flex));
        margin: var(--media-current-box-margin, var(--media-box-margin, 0 0 5px));
        visibility: hidden;
      }

      [part~="preview-box"] {
        display: var(--media-preview-box-display, var(--media-box-display, flex));
        margin: var(--media-preview-box-margin, var(--media-box-margin, 0 0 5px));
        transition-property: var(--media-preview-transition-property, visibility, opacity);
        transition-duration: var(--media-preview-transition-duration-out, .25s);
        transition-delay: var(--media-preview-transition-delay-out, 0s);
        visibility: hidden;
        opacity: 0;
      }

      :host(:is([${o.MEDIA_PREVIEW_IMAGE}], [${o.MEDIA_PREVIEW_TIME}])[dragging]) [part~="preview-box"] {
        transition-duration: var(--media-preview-transition-duration-in, .5s);
        transition-delay: var(--media-preview-transition-delay-in, .25s);
        visibility: visible;
        opacity: 1;
      }

      @media (hover: hover) {
        :host(:is([${o.MEDIA_PREVIEW_IMAGE}], [${o.MEDIA_PREVIEW_TIME}]):hover) [part~="preview-box"] {
          transition-duration: var(--media-preview-transition-duration-in, .5s);
          transition-delay: var(--media-preview-transition-delay-in, .25s);
          visibility: visible;
          opacity: 1;
        }
      }

      media-preview-thumbnail,
      ::slotted(media-preview-thumbnail) {
        visibility: hidden;
        
        transition: visibility 0s .25s;
        transition-delay: calc(var(--media-preview-transition-delay-out, 0s) + var(--media-preview-transition-duration-out, .25s));
        background: var(--media-preview-thumbnail-background, var(--_preview-background));
        box-shadow: var(--media-preview-thumbnail-box-shadow, 0 0 4px rgb(0 0 0 / .2));
        max-width: var(--media-preview-thumbnail-max-width, 180px);
        max-height: var(--media-preview-thumbnail-max-height, 160px);
        min-width: var(--media-preview-thumbnail-min-width, 120px);
        min-height: var(--media-preview-thumbnail-min-height, 80px);
        border: var(--media-preview-thumbnail-border);
        border-radius: var(--media-preview-thumbnail-border-radius,
          var(--media-preview-border-radius) var(--media-preview-border-radius) 0 0);
      }

      :host([${o.MEDIA_PREVIEW_IMAGE}][dragging]) media-preview-thumbnail,
      :host([${o.MEDIA_PREVIEW_IMAGE}][dragging]) ::slotted(media-preview-thumbnail) {
        transition-delay: var(--media-preview-transition-delay-in, .25s);
        visibility: visible;
      }

      @media (hover: hover) {
        :host([${o.MEDIA_PREVIEW_IMAGE}]:hover) media-preview-thumbnail,
        :host([${o.MEDIA_PREVIEW_IMAGE}]:hover) ::slotted(media-preview-thumbnail) {
          transition-delay: var(--media-preview-transition-delay-in, .25s);
          visibility: visible;
        }

        :host([${o.MEDIA_PREVIEW_TIME}]:hover) {
          --media-time-range-hover-display: block;
        }
      }

      media-preview-chapter-display,
      ::slotted(media-preview-chapter-display) {
        font-size: var(--media-font-size, 13px);
        line-height: 17px;
        min-width: 0;
        visibility: hidden;
        
        transition: min-width 0s, border-radius 0s, margin 0s, padding 0s, visibility 0s;
        transition-delay: calc(var(--media-preview-transition-delay-out, 0s) + var(--media-preview-transition-duration-out, .25s));
        background: var(--media-preview-chapter-background, var(--_preview-background));
        border-radius: var(--media-preview-chapter-border-radius,
          var(--media-preview-border-radius) var(--media-preview-border-radius)
          var(--media-preview-border-radius) var(--media-preview-border-radius));
        padding: var(--media-preview-chapter-padding, 3.5px 9px);
        margin: var(--media-preview-chapter-margin, 0 0 5px);
        text-shadow: var(--media-preview-chapter-text-shadow, 0 0 4px rgb(0 0 0 / .75));
      }

      :host([${o.MEDIA_PREVIEW_IMAGE}]) media-preview-chapter-display,
      :host([${o.MEDIA_PREVIEW_IMAGE}]) ::slotted(media-preview-chapter-display) {
        transition-delay: var(--media-preview-transition-delay-in, .25s);
        border-radius: var(--media-preview-chapter-border-radius, 0);
        padding: var(--media-preview-chapter-padding, 3.5px 9px 0);
        margin: var(--media-preview-chapter-margin, 0);
        min-width: 100%;
      }

      media-preview-chapter-display[${o.MEDIA_PREVIEW_CHAPTER}],
      ::slotted(media-preview-chapter-display[${o.MEDIA_PREVIEW_CHAPTER}]) {
        visibility: visible;
      }

      media-preview-chapter-display:not([aria-valuetext]),
      ::slotted(media-preview-chapter-display:not([aria-valuetext])) {
        display: none;
      }

      media-preview-time-display,
      ::slotted(media-preview-time-display),
      media-time-display,
      ::slotted(media-time-display) {
        font-size: var(--media-font-size, 13px);
        line-height: 17px;
        min-width: 0;
        
        transition: min-width 0s, border-radius 0s;
        transition-delay: calc(var(--media-preview-transition-delay-out, 0s) + var(--media-preview-transition-duration-out, .25s));
        background: var(--media-preview-time-background, var(--_preview-background));
        border-radius: var(--media-preview-time-border-radius,
          var(--media-preview-border-radius) var(--media-preview-border-radius)
          var(--media-preview-border-radius) var(--media-preview-border-radius));
        padding: var(--media-preview-time-padding, 3.5px 9px);
        margin: var(--media-preview-time-margin, 0);
        text-shadow: var(--media-preview-time-text-shadow, 0 0 4px rgb(0 0 0 / .75));
        transform: translateX(min(
          max(calc(50% - var(--_box-width) / 2),
          calc(var(--_box-shift, 0))),
          calc(var(--_box-width) / 2 - 50%)
        ));
      }

      :host([${o.MEDIA_PREVIEW_IMAGE}]) media-preview-time-display,
      :host([${o.MEDIA_PREVIEW_IMAGE}]) ::slotted(media-preview-time-display) {
        transition-delay: var(--media-preview-transition-delay-in, .25s);
        border-radius: var(--media-preview-time-border-radius,
          0 0 var(--media-preview-border-radius) var(--media-preview-border-radius));
        min-width: 100%;
      }

      :host([${o.MEDIA_PREVIEW_TIME}]:hover) {
        --media-time-range-hover-display: block;
      }

      [part~="arrow"],
      ::slotted([part~="arrow"]) {
        display: var(--media-box-arrow-display, inline-block);
        transform: translateX(min(
          max(calc(50% - var(--_box-width) / 2 + var(--media-box-arrow-offset)),
          calc(var(--_box-shift, 0))),
          calc(var(--_box-width) / 2 - 50% - var(--media-box-arrow-offset))
        ));
        
        border-color: transparent;
        border-top-color: var(--media-box-arrow-background, var(--_control-background));
        border-width: var(--media-box-arrow-border-width,
          var(--media-box-arrow-height, 5px) var(--media-box-arrow-width, 6px) 0);
        border-style: solid;
        justify-content: center;
        height: 0;
      }
    </style>
    <div id="preview-rail">
      <slot name="preview" part="box preview-box">
        <media-preview-thumbnail>
          <template shadowrootmode="${La.shadowRootOptions.mode}">
            ${La.getTemplateHTML({})}
          </template>
        </media-preview-thumbnail>
        <media-preview-chapter-display></media-preview-chapter-display>
        <media-preview-time-display></media-preview-time-display>
        <slot name="preview-arrow"><div part="arrow"></div></slot>
      </slot>
    </div>
    <div id="current-rail">
      <slot name="current" part="box current-box">
        
      </slot>
    </div>
  `}var Sr=(t,e=t.mediaCurrentTime)=>{let i=Number.isFinite(t.mediaSeekableStart)?t.mediaSeekableStart:0,r=Number.isFinite(t.mediaDuration)?t.mediaDuration:t.mediaSeekableEnd;if(Number.isNaN(r))return 0;let a=(e-i)/(r-i);return Math.max(0,Math.min(a,1))},Go=(t,e=t.range.valueAsNumber)=>{let i=Number.isFinite(t.mediaSeekableStart)?t.mediaSeekableStart:0,r=Number.isFinite(t.mediaDuration)?t.mediaDuration:t.mediaSeekableEnd;return Number.isNaN(r)?0:e*(r-i)+i},Ei=class extends $e{constructor(){super(),B(this,Ca),B(this,wr),B(this,Mr),B(this,Lr),B(this,Ua),B(this,pi),B(this,xa),B(this,Ot,null),B(this,Ve,void 0),B(this,kr,void 0),B(this,ci,void 0),B(this,yr,void 0),B(this,Ir,void 0),B(this,hi,void 0),B(this,mi,void 0),B(this,Ut,void 0),B(this,xt,void 0),B(this,ui,()=>{ne(this,Ca,$o).call(this)?C(this,Ve).start():C(this,Ve).stop()}),B(this,Oa,r=>{this.dragging||(bt(r)&&(this.range.valueAsNumber=r),C(this,xt)||this.updateBar())}),this.shadowRoot.querySelector("#track").insertAdjacentHTML("afterbegin",'<div id="buffered" part="buffered"></div>'),oe(this,kr,this.shadowRoot.querySelectorAll('[part~="box"]')),oe(this,yr,this.shadowRoot.querySelector('[part~="preview-box"]')),oe(this,Ir,this.shadowRoot.querySelector('[part~="current-box"]'));let i=getComputedStyle(this);oe(this,hi,parseInt(i.getPropertyValue("--media-box-padding-left"))),oe(this,mi,parseInt(i.getPropertyValue("--media-box-padding-right"))),oe(this,Ve,new Ar(this.range,C(this,Oa),60))}static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_PAUSED,o.MEDIA_DURATION,o.MEDIA_SEEKABLE,o.MEDIA_CURRENT_TIME,o.MEDIA_PREVIEW_IMAGE,o.MEDIA_PREVIEW_TIME,o.MEDIA_PREVIEW_CHAPTER,o.MEDIA_BUFFERED,o.MEDIA_PLAYBACK_RATE,o.MEDIA_LOADING,o.MEDIA_ENDED]}connectedCallback(){var e;super.connectedCallback(),this.range.setAttribute("aria-label",T("seek")),C(this,ui).call(this),oe(this,Ot,this.getRootNode()),(e=C(this,Ot))==null||e.addEventListener("transitionstart",this)}disconnectedCallback(){var e;super.disconnectedCallback(),C(this,Ve).stop(),(e=C(this,Ot))==null||e.removeEventListener("transitionstart",this),oe(this,Ot,null)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),i!=r&&(e===o.MEDIA_CURRENT_TIME||e===o.MEDIA_PAUSED||e===o.MEDIA_ENDED||e===o.MEDIA_LOADING||e===o.MEDIA_DURATION||e===o.MEDIA_SEEKABLE?(C(this,Ve).update({start:Sr(this),duration:this.mediaSeekableEnd-this.mediaSeekableStart,playbackRate:this.mediaPlaybackRate}),C(this,ui).call(this),Fl(this)):e===o.MEDIA_BUFFERED&&this.updateBufferedBar(),(e===o.MEDIA_DURATION||e===o.MEDIA_SEEKABLE)&&(this.mediaChaptersCues=C(this,Ut),this.updateBar()))}get mediaChaptersCues(){return C(this,Ut)}set mediaChaptersCues(e){var i;oe(this,Ut,e),this.updateSegments((i=C(this,Ut))==null?void 0:i.map(r=>({start:Sr(this,r.startTime),end:Sr(this,r.endTime)})))}get mediaPaused(){return y(this,o.MEDIA_PAUSED)}set mediaPaused(e){w(this,o.MEDIA_PAUSED,e)}get mediaLoading(){return y(this,o.MEDIA_LOADING)}set mediaLoading(e){w(this,o.MEDIA_LOADING,e)}get mediaDuration(){return W(this,o.MEDIA_DURATION)}set mediaDuration(e){q(this,o.MEDIA_DURATION,e)}get mediaCurrentTime(){return W(this,o.MEDIA_CURRENT_TIME)}set mediaCurrentTime(e){q(this,o.MEDIA_CURRENT_TIME,e)}get mediaPlaybackRate(){return W(this,o.MEDIA_PLAYBACK_RATE,1)}set mediaPlaybackRate(e){q(this,o.MEDIA_PLAYBACK_RATE,e)}get mediaBuffered(){let e=this.getAttribute(o.MEDIA_BUFFERED);return e?e.split(" ").map(i=>i.split(":").map(r=>+r)):[]}set mediaBuffered(e){if(!e){this.removeAttribute(o.MEDIA_BUFFERED);return}let i=e.map(r=>r.join(":")).join(" ");this.setAttribute(o.MEDIA_BUFFERED,i)}get mediaSeekable(){let e=this.getAttribute(o.MEDIA_SEEKABLE);if(e)return e.split(":").map(i=>+i)}set mediaSeekable(e){if(e==null){this.removeAttribute(o.MEDIA_SEEKABLE);return}this.setAttribute(o.MEDIA_SEEKABLE,e.join(":"))}get mediaSeekableEnd(){var e;let[,i=this.mediaDuration]=(e=this.mediaSeekable)!=null?e:[];return i}get mediaSeekableStart(){var e;let[i=0]=(e=this.mediaSeekable)!=null?e:[];return i}get mediaPreviewImage(){return U(this,o.MEDIA_PREVIEW_IMAGE)}set mediaPreviewImage(e){D(this,o.MEDIA_PREVIEW_IMAGE,e)}get mediaPreviewTime(){return W(this,o.MEDIA_PREVIEW_TIME)}set mediaPreviewTime(e){q(this,o.MEDIA_PREVIEW_TIME,e)}get mediaEnded(){return y(this,o.MEDIA_ENDED)}set mediaEnded(e){w(this,o.MEDIA_ENDED,e)}updateBar(){super.updateBar(),this.updateBufferedBar(),this.updateCurrentBox()}updateBufferedBar(){var e;let i=this.mediaBuffered;if(!i.length)return;let r;if(this.mediaEnded)r=1;else{let s=this.mediaCurrentTime,[,n=this.mediaSeekableStart]=(e=i.find(([d,u])=>d<=s&&s<=u))!=null?e:[];r=Sr(this,n)}let{style:a}=R(this.shadowRoot,"#buffered");a.setProperty("width",`${r*100}%`)}updateCurrentBox(){if(!this.shadowRoot.querySelector('slot[name="current"]').assignedElements().length)return;let i=R(this.shadowRoot,"#current-rail"),r=R(this.shadowRoot,'[part~="current-box"]'),a=ne(this,wr,Na).call(this,C(this,Ir)),s=ne(this,Mr,Fa).call(this,a,this.range.valueAsNumber),n=ne(this,Lr,Ha).call(this,a,this.range.valueAsNumber);i.style.transform=`translateX(${s})`,i.style.setProperty("--_range-width",`${a.range.width}`),r.style.setProperty("--_box-shift",`${n}`),r.style.setProperty("--_box-width",`${a.box.width}px`),r.style.setProperty("visibility","initial")}handleEvent(e){switch(super.handleEvent(e),e.type){case"input":ne(this,xa,Ko).call(this);break;case"pointermove":ne(this,Ua,Vo).call(this,e);break;case"pointerup":C(this,xt)&&oe(this,xt,!1);break;case"pointerdown":oe(this,xt,!0);break;case"pointerleave":ne(this,pi,Rr).call(this,null);break;case"transitionstart":ve(e.target,this)&&setTimeout(()=>C(this,ui).call(this),0);break}}};Ot=new WeakMap;Ve=new WeakMap;kr=new WeakMap;ci=new WeakMap;yr=new WeakMap;Ir=new WeakMap;hi=new WeakMap;mi=new WeakMap;Ut=new WeakMap;xt=new WeakMap;ui=new WeakMap;Ca=new WeakSet;$o=function(){return this.isConnected&&!this.mediaPaused&&!this.mediaLoading&&!this.mediaEnded&&this.mediaSeekableEnd>0&&Si(this)};Oa=new WeakMap;wr=new WeakSet;Na=function(t){var e;let r=((e=this.getAttribute("bounds")?De(this,`#${this.getAttribute("bounds")}`):this.parentElement)!=null?e:this).getBoundingClientRect(),a=this.range.getBoundingClientRect(),s=t.offsetWidth,n=-(a.left-r.left-s/2),d=r.right-a.left-s/2;return{box:{width:s,min:n,max:d},bounds:r,range:a}};Mr=new WeakSet;Fa=function(t,e){let i=`${e*100}%`,{width:r,min:a,max:s}=t.box;if(!r)return i;if(Number.isNaN(a)||(i=`max(${`calc(1 / var(--_range-width) * 100 * ${a}% + var(--media-box-padding-left))`}, ${i})`),!Number.isNaN(s)){let d=`calc(1 / var(--_range-width) * 100 * ${s}% - var(--media-box-padding-right))`;i=`min(${i}, ${d})`}return i};Lr=new WeakSet;Ha=function(t,e){let{width:i,min:r,max:a}=t.box,s=e*t.range.width;if(s<r+C(this,hi)){let n=t.range.left-t.bounds.left-C(this,hi);return`${s-i/2+n}px`}if(s>a-C(this,mi)){let n=t.bounds.right-t.range.right-C(this,mi);return`${s+i/2-n-t.range.width}px`}return 0};Ua=new WeakSet;Vo=function(t){let e=[...C(this,kr)].some(A=>t.composedPath().includes(A));if(!this.dragging&&(e||!t.composedPath().includes(this))){ne(this,pi,Rr).call(this,null);return}let i=this.mediaSeekableEnd;if(!i)return;let r=R(this.shadowRoot,"#preview-rail"),a=R(this.shadowRoot,'[part~="preview-box"]'),s=ne(this,wr,Na).call(this,C(this,yr)),n=(t.clientX-s.range.left)/s.range.width;n=Math.max(0,Math.min(1,n));let d=ne(this,Mr,Fa).call(this,s,n),u=ne(this,Lr,Ha).call(this,s,n);r.style.transform=`translateX(${d})`,r.style.setProperty("--_range-width",`${s.range.width}`),a.style.setProperty("--_box-shift",`${u}`),a.style.setProperty("--_box-width",`${s.box.width}px`);let S=Math.round(C(this,ci))-Math.round(n*i);Math.abs(S)<1&&n>.01&&n<.99||(oe(this,ci,n*i),ne(this,pi,Rr).call(this,C(this,ci)))};pi=new WeakSet;Rr=function(t){this.dispatchEvent(new l.CustomEvent(m.MEDIA_PREVIEW_REQUEST,{composed:!0,bubbles:!0,detail:t}))};xa=new WeakSet;Ko=function(){C(this,Ve).stop();let t=Go(this);this.dispatchEvent(new l.CustomEvent(m.MEDIA_SEEK_REQUEST,{composed:!0,bubbles:!0,detail:t}))};Ei.shadowRootOptions={mode:"open"};Ei.getContainerTemplateHTML=Hl;l.customElements.get("media-time-range")||l.customElements.define("media-time-range",Ei);
