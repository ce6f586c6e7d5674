/* Cổng Dân vận: the only script of our own. No dependency; runs under script-src 'self'.
   Every page works without it; this file adds comfort and never holds a rule. */
(function () {
  "use strict";
  var doc = document;
  var $ = function (sel, root) { return (root || doc).querySelector(sel); };
  var $$ = function (sel, root) { return Array.prototype.slice.call((root || doc).querySelectorAll(sel)); };
  var on = function (type, fn) { doc.addEventListener(type, fn); };
  var near = function (event, sel) { return event.target.closest ? event.target.closest(sel) : null; };
  doc.documentElement.classList.add("js");

  function toast(text) {
    var box = $(".toast");
    if (!box) return;
    box.hidden = false;
    box.textContent = text;
    clearTimeout(toast.timer);
    toast.timer = setTimeout(function () { box.hidden = true; }, 6000);
  }
  function open(id) {
    var dialog = doc.getElementById("dlg-" + id);
    if (dialog && !dialog.open) dialog.showModal();
  }

  /* ---- numbers and dates: the server reads the same forms, this only shows what will be read ---- */
  function two(n) { return (n < 10 ? "0" : "") + n; }
  function normalDate(raw) {
    var s = raw.trim(), m = /^(\d{1,2})[\/.\-\s](\d{1,2})[\/.\-\s](\d{4}|\d{2})$/.exec(s), iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(s);
    if (iso) m = [s, iso[3], iso[2], iso[1]];
    else if (/^(\d{5}|\d{6}|\d{8})$/.test(s)) m = /^(\d\d)(\d\d?)(\d{4}|\d\d)$/.exec(s.length === 8 ? s : s.slice(0, -2) + "20" + s.slice(-2));
    if (!m) return raw;
    var d = +m[1], mo = +m[2], yr = +m[3] + (+m[3] < 100 ? 2000 : 0), t = new Date(yr, mo - 1, d);
    if (yr >= 1900 && yr <= 2100 && t.getMonth() === mo - 1 && t.getDate() === d) return two(d) + "/" + two(mo) + "/" + yr;
    return raw;
  }
  function normalNumber(raw) {
    var s = raw.replace(/[\s\u00a0]/g, "");
    if (!/^-?(\d+|[1-9]\d{0,2}(\.\d{3})+)(,\d+)?$/.test(s)) return raw;
    var parts = s.replace(/\./g, "").split(",");
    var whole = parts[0].replace(/^(-?)0+(?=\d)/, "$1").replace(/\B(?=(\d{3})+$)/g, ".");
    return whole + (parts.length > 1 ? "," + parts[1] : "");
  }
  on("focusout", function (event) {
    var el = event.target;
    if (!el.matches || !el.value) return;
    var next = el.matches("[data-date]") ? normalDate(el.value) : el.matches("[data-num]") ? normalNumber(el.value) : el.value;
    if (next !== el.value) el.value = next;
  });

  /* ---- drafts: 1.5 s after typing stops, one request at a time ---- */
  var dirty = false, leaving = false, busy = false, again = false, expired = false, timer;
  var WORDS = {
    dirty: ["Có thay đổi chưa lưu", "pencil"], busy: ["Đang lưu…", "refresh-cw"], saved: ["Đã lưu nháp lúc ", "circle-check"],
    fail: ["Chưa gửi được, còn trên trang này", "triangle-alert"], invalid: ["Chưa lưu được nháp, còn trên trang này", "circle-alert"],
    conflict: ["Có người vừa sửa bản này, bấm Lưu để đối chiếu", "triangle-alert"]
  };
  function show(state, extra) {
    var box = $("#save-state");
    if (!box) return;
    var text = WORDS[state][0] + (extra || ""), label = $("span", box), use = $("use", box);
    box.setAttribute("data-s", /fail|invalid|conflict/.test(state) ? "fail" : state);
    if (label) label.textContent = text; else box.textContent = text;
    if (use) use.setAttribute("href", use.getAttribute("href").replace(/#.*/, "#" + WORDS[state][1]));
  }
  function later(form, wait) {
    clearTimeout(timer);
    timer = setTimeout(function () { save(form); }, wait);
  }
  function save(form) {
    if (busy) { again = true; return; }
    if (expired || leaving) return;
    busy = true; again = false; dirty = false;
    show("busy");
    var data = new FormData(form), token = $("[name=csrfmiddlewaretoken]", form);
    $$("input[type=file]", form).forEach(function (f) { data.delete(f.name); });
    var fail = function (state, wait) {
      dirty = true;
      show(state);
      if (wait) later(form, wait);
    };
    fetch(form.getAttribute("data-draft-url"), {
      method: "POST", body: data, credentials: "same-origin", redirect: "manual",
      headers: { "X-CSRFToken": token ? token.value : "", "X-Requested-With": "fetch", Accept: "application/json" }
    }).then(function (r) {
      if (r.type === "opaqueredirect" || r.status === 401 || r.status === 403) {
        expired = true;
        fail("fail");
        open("login");
      } else if (r.status === 409) fail("conflict");
      else if (r.status === 400 || r.status === 422) return r.json().catch(function () { return {}; }).then(function (json) {
        fail("invalid");
        if (json.reason) show("invalid", ". " + json.reason);
      });
      else if (!r.ok) fail("fail", 10000);
      else return r.text().then(function (text) {
        var json = {}, now = new Date();
        try { json = JSON.parse(text) || {}; } catch (e) { /* an empty answer is fine too */ }
        Object.keys(json.fields || {}).forEach(function (name) {
          var el = form.elements[name];
          if (el && el.type === "hidden") el.value = json.fields[name];
        });
        if (!dirty) show("saved", json.at || two(now.getHours()) + ":" + two(now.getMinutes()));
      });
    }).catch(function () { fail("fail", 10000); }).then(function () {
      busy = false;
      if (again) later(form, 300);
    });
  }
  on("input", function (event) {
    var form = near(event, "form[data-guard],form[data-draft-url]");
    if (!form) return;
    dirty = true;
    if (!busy) show("dirty");
    if (form.hasAttribute("data-draft-url")) later(form, 1500);
  });
  window.addEventListener("online", function () {
    var form = $("form[data-draft-url]");
    if (form && dirty) save(form);
  });
  window.addEventListener("beforeunload", function (event) {
    if (dirty && !leaving && $("form[data-guard]")) { event.preventDefault(); event.returnValue = ""; }
  });
  /* after logging in again in another tab: take the new token, keep what was typed, go on saving */
  window.addEventListener("focus", function () {
    if (!expired) return;
    fetch(location.href, { credentials: "same-origin", redirect: "manual" }).then(function (r) { return r.ok ? r.text() : ""; }).then(function (html) {
      var fresh = html && $("[name=csrfmiddlewaretoken]", new DOMParser().parseFromString(html, "text/html"));
      if (!fresh) return;
      $$("[name=csrfmiddlewaretoken]").forEach(function (el) { el.value = fresh.value; });
      expired = false;
      var dialog = $("#dlg-login"), form = $("form[data-draft-url]");
      if (dialog && dialog.open) dialog.close();
      if (form) save(form);
    }).catch(function () { /* still offline: the next focus tries again */ });
  });

  /* ---- submit: refuse files that are too big, ignore the second click for 2 seconds ---- */
  function tooBig(input) {
    var limit = +(input.getAttribute("data-max-mb") || 20);
    return Array.prototype.filter.call(input.files || [], function (f) { return f.size > limit * 1048576; })[0];
  }
  on("submit", function (event) {
    var form = event.target, now = Date.now();
    var big = $$("input[type=file]", form).filter(tooBig)[0];
    if (big || (form.method === "post" && form.sentAt && now - form.sentAt < 2000)) {
      event.preventDefault();
      if (big) big.focus();
      return;
    }
    form.sentAt = now;
    if (form.method === "post") { leaving = true; clearTimeout(timer); setTimeout(function () { leaving = false; }, 4000); }
  });
  function fileSize(n) {
    return n >= 1048576 ? (n / 1048576).toFixed(1).replace(".", ",") + " MB" : Math.max(1, Math.round(n / 1024)) + " kB";
  }
  on("change", function (event) {
    var el = event.target, form = near(event, "form[data-autosubmit]"), rows = el.getAttribute("data-rows"), box;
    if (el.type === "file" && (box = $("output", el.parentNode))) {
      var big = tooBig(el);
      box.className = big ? "bad" : "";
      box.textContent = big
        ? "Tệp “" + big.name + "” nặng " + fileSize(big.size) + ", quá mức " + (el.getAttribute("data-max-mb") || 20) + " MB. Xin chọn tệp nhẹ hơn."
        : Array.prototype.map.call(el.files, function (f) { return f.name + " (" + fileSize(f.size) + ")"; }).join(", ") || "Chưa chọn tệp nào";
      if (big) el.value = "";
    }
    if (rows && $(rows)) $(rows).classList.toggle("only-flags", el.value === "flag");
    if (el.id === "keys-on") try { localStorage.setItem("phim-tat", el.checked ? "1" : "0"); } catch (e) { /* private mode */ }
    if (form && el.tagName === "SELECT") form.requestSubmit ? form.requestSubmit() : form.submit();
  });

  /* ---- clicks ---- */
  on("click", function (event) {
    var el;
    if ((el = near(event, "[data-open]"))) open(el.getAttribute("data-open"));
    else if ((el = near(event, "[data-close]"))) el.closest("dialog").close();
    else if (near(event, "[data-print]")) window.print();
    else if ((el = near(event, "[data-copy]"))) copy($(el.getAttribute("data-copy")));
    else if (event.target.tagName === "DIALOG") event.target.close();
  });
  function copy(node) {
    var text = node ? (node.value || node.innerText).trim() : "";
    var done = function () { toast("Đã chép, có thể dán vào Zalo hoặc Word."); };
    if (navigator.clipboard && window.isSecureContext) { navigator.clipboard.writeText(text).then(done); return; }
    var area = doc.createElement("textarea");
    area.value = text;
    area.className = "vh";
    doc.body.appendChild(area);
    area.select();
    if (doc.execCommand("copy")) done();
    area.remove();
  }

  /* ---- keys: nothing fires while typing or composing (Telex, UniKey) ---- */
  function keysOn() { try { return localStorage.getItem("phim-tat") !== "0"; } catch (e) { return true; } }
  on("keydown", function (event) {
    if (event.isComposing || event.keyCode === 229) return;
    var key = event.key.toLowerCase(), el;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && key === "s") {
      var form = $("form[data-draft-url]");
      el = $("[data-save-draft]");
      if (!form && !el) return;
      event.preventDefault();
      if (form) { clearTimeout(timer); save(form); } else el.click();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !keysOn() || $("dialog[open]")) return;
    if (event.target.matches("input:not([type=radio]):not([type=checkbox]),textarea,select,[contenteditable]")) return;
    if (key === "/" && (el = $$("input[type=search]").filter(function (i) { return i.offsetParent; })[0])) { event.preventDefault(); el.focus(); el.select(); }
    if (key === "?") open("keys");
    if (key === "j" && (el = $("a[data-next]"))) el.click();
    if (key === "k" && (el = $("a[data-prev]"))) el.click();
  });

  /* ---- on load: the error summary, else the place named by the address ---- */
  function focusHash() {
    var target = location.hash.length > 1 && doc.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (!target.matches("a,input,select,textarea,button,[tabindex]")) target = $("input:not([type=hidden]),select,textarea", target) || target;
    if (target.type !== "file") target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  }
  function start() {
    var first = $("[data-focus-first]"), box = $("#keys-on");
    if (box) box.checked = keysOn();
    if (first) first.focus(); else focusHash();
  }
  window.addEventListener("hashchange", focusHash);
  if (doc.readyState === "loading") on("DOMContentLoaded", start); else start();
})();
