package dev.mailscope.server.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads envelopes and MIME structures by the letter of RFC 3501 section 9, and of RFC 9051's. */
final class StructureGrammar {
    private final ResponseTokens in;

    StructureGrammar(ResponseTokens in) {
        this.in = in;
    }

    // envelope = "(" env-date SP env-subject SP env-from SP env-sender SP env-reply-to SP env-to SP env-cc SP env-bcc
    // SP env-in-reply-to SP env-message-id ")"
    List<Object> envelope() {
        var envelope = new ArrayList<Object>();
        in.require("(");
        envelope.add(in.nstring());
        in.space();
        envelope.add(in.nstring());
        for (var i = 0; i < 6; i++) {
            in.space();
            envelope.add(in.nil() ? null : addresses());
        }
        in.space();
        envelope.add(in.nstring());
        in.space();
        envelope.add(in.nstring());
        in.require(")");
        return envelope;
    }

    // "(" 1*address ")"; address = "(" addr-name SP addr-adl SP addr-mailbox SP addr-host ")"
    private Object addresses() {
        var all = new ArrayList<Object>();
        var open = false;
        in.require("(");
        do {
            in.require("(");
            var name = in.nstring();
            in.space();
            var route = in.nstring();
            in.space();
            var mailbox = in.nstring();
            in.space();
            var host = in.nstring();
            in.require(")");
            if (host == null) {
                // A group begins with its name, and ends with NIL (RFC 3501 section 7.4.2).
                in.check(name == null && route == null, "a name or a route at the border of a group");
                in.check(open == (mailbox == null), "groups that are nested or end without having begun");
                open = mailbox != null;
            } else {
                in.check(mailbox != null, "an address of a host and no mailbox");
            }
            all.add(mailbox);
        } while (in.peek() == '(');
        in.check(!open, "a group that does not end");
        in.require(")");
        return all;
    }

    // body = "(" (body-type-1part / body-type-mpart) ")"
    Object body(boolean extensible, boolean rev2) {
        in.require("(");
        var type = in.peek() == '(' ? multipart(extensible, rev2) : part(extensible, rev2);
        in.require(")");
        return type;
    }

    // body-type-mpart = 1*body SP media-subtype [SP body-ext-mpart]
    private Object multipart(boolean extensible, boolean rev2) {
        do {
            body(extensible, rev2);
        } while (in.peek() == '(');
        in.space();
        var subtype = in.string();
        if (extensible) {
            // All of it or none is this server's way; less would be legal.
            in.space();
            parameters();
            in.space();
            disposition();
            in.space();
            languages();
            in.space();
            in.nstring();
        }
        return "multipart/" + lower(subtype);
    }

    // body-type-1part = (body-type-basic / body-type-msg / body-type-text) [SP body-ext-1part]
    private Object part(boolean extensible, boolean rev2) {
        var type = lower(in.string());
        in.space();
        type += '/' + lower(in.string());
        in.space();
        parameters();
        in.space();
        in.nstring();
        in.space();
        in.nstring();
        in.space();
        in.string();
        in.space();
        in.number();
        if (type.equals("message/rfc822") || rev2 && type.equals("message/global")) {
            in.space();
            envelope();
            in.space();
            body(extensible, rev2);
            in.space();
            in.number();
        } else if (type.startsWith("text/")) {
            in.space();
            in.number();
        }
        if (extensible) {
            in.space();
            in.nstring();
            in.space();
            disposition();
            in.space();
            languages();
            in.space();
            in.nstring();
        }
        return type;
    }

    // body-fld-param = "(" string SP string *(SP string SP string) ")" / nil
    private void parameters() {
        if (!in.nil()) {
            in.check(!in.pairs(in::string, in::string).isEmpty(), "no parameters, and no NIL");
        }
    }

    // body-fld-dsp = "(" string SP body-fld-param ")" / nil
    private void disposition() {
        if (!in.nil()) {
            in.require("(");
            in.string();
            in.space();
            parameters();
            in.require(")");
        }
    }

    // body-fld-lang = nstring / "(" string *(SP string) ")"
    private void languages() {
        if (in.peek() == '(') {
            in.list(in::string);
        } else {
            in.nstring();
        }
    }

    private static String lower(byte[] text) {
        return ResponseTokens.latin1(text).toLowerCase(Locale.ROOT);
    }
}
