package dev.mailscope.server.imap.response;

import java.util.List;

import dev.mailscope.server.imap.command.Dialect;
import dev.mailscope.server.message.Address;
import dev.mailscope.server.message.BodyStructure;
import dev.mailscope.server.message.Envelope;
import dev.mailscope.server.message.Parameter;

/** Writes envelopes and MIME structures (RFC 3501 section 7.4.2). */
final class MimeEncoder {
    private final WireWriter out;

    MimeEncoder(WireWriter out) {
        this.out = out;
    }

    // envelope = "(" env-date SP env-subject SP env-from SP … SP env-in-reply-to SP env-message-id ")"
    void envelope(Envelope envelope) {
        out.raw('(').nstring(envelope.date()).raw(' ').nstring(envelope.subject());
        addresses(envelope.from());
        addresses(envelope.sender());
        addresses(envelope.replyTo());
        addresses(envelope.to());
        addresses(envelope.cc());
        addresses(envelope.bcc());
        out.raw(' ').nstring(envelope.inReplyTo()).raw(' ').nstring(envelope.messageId()).raw(')');
    }

    // env-from = "(" 1*address ")" / nil
    private void addresses(List<Address> addresses) {
        if (addresses.isEmpty()) {
            out.raw(" NIL");
            return;
        }
        out.raw(" (");
        for (var address : addresses) {
            out.raw('(').nstring(address.name()).raw(' ').nstring(address.route()).raw(' ').nstring(address.mailbox())
                    .raw(' ').nstring(address.host()).raw(')');
        }
        out.raw(')');
    }

    // body = "(" (body-type-1part / body-type-mpart) ")"
    void body(BodyStructure body, boolean extensible) {
        out.raw('(');
        switch (body) {
            case BodyStructure.Basic(var type, var subtype, var fields, var extension) -> {
                fields(type, subtype, fields);
                extension(extension, extensible);
            }
            case BodyStructure.Text(var type, var subtype, var fields, var lines, var extension) -> {
                fields(type, subtype, fields);
                out.raw(' ').number(lines);
                extension(extension, extensible);
            }
            case BodyStructure.Message message -> message(message, extensible);
            case BodyStructure.Multipart(var parts, var subtype, var parameters, var extension) -> {
                parts.forEach(part -> body(part, extensible));
                out.raw(' ').string(subtype);
                if (extensible) {
                    out.raw(' ');
                    parameters(parameters);
                    disposition(extension);
                }
            }
        }
        out.raw(')');
    }

    // body-type-msg = media-message SP body-fields SP envelope SP body SP body-fld-lines
    private void message(BodyStructure.Message message, boolean extensible) {
        fields(message.type(), message.subtype(), message.fields());
        // IMAP4rev1 knows message/rfc822 alone, with UTF8=ACCEPT too: message/global is a basic type there.
        if (out.dialect() == Dialect.REV2 || !message.subtype().equalsIgnoreCase("global")) {
            out.raw(' ');
            envelope(message.envelope());
            out.raw(' ');
            body(message.body(), extensible);
            out.raw(' ').number(message.lines());
        }
        extension(message.extension(), extensible);
    }

    // body-fields = body-fld-param SP body-fld-id SP body-fld-desc SP body-fld-enc SP body-fld-octets
    private void fields(String type, String subtype, BodyStructure.Fields fields) {
        out.string(type).raw(' ').string(subtype).raw(' ');
        parameters(fields.parameters());
        out.raw(' ').nstring(fields.id()).raw(' ').nstring(fields.description()).raw(' ').string(fields.encoding())
                .raw(' ').number(fields.octets());
    }

    // body-ext-1part = body-fld-md5 [SP body-fld-dsp [SP body-fld-lang [SP body-fld-loc …]]]
    private void extension(BodyStructure.Extension extension, boolean extensible) {
        if (extensible) {
            out.raw(' ').nstring(extension.md5());
            disposition(extension);
        }
    }

    private void disposition(BodyStructure.Extension extension) {
        if (extension.disposition() == null) {
            out.raw(" NIL");
        } else {
            out.raw(" (").string(extension.disposition().type()).raw(' ');
            parameters(extension.disposition().parameters());
            out.raw(')');
        }
        out.raw(' ');
        languages(extension.language());
        out.raw(' ').nstring(extension.location());
    }

    // body-fld-lang = nstring / "(" string *(SP string) ")"
    private void languages(List<String> languages) {
        if (languages.isEmpty()) {
            out.raw("NIL");
            return;
        }
        var before = "(";
        for (var language : languages) {
            out.raw(before).string(language);
            before = " ";
        }
        out.raw(')');
    }

    // body-fld-param = "(" string SP string *(SP string SP string) ")" / nil
    private void parameters(List<Parameter> parameters) {
        if (parameters.isEmpty()) {
            out.raw("NIL");
            return;
        }
        var before = "(";
        for (var parameter : parameters) {
            out.raw(before).string(parameter.name()).raw(' ').string(parameter.value());
            before = " ";
        }
        out.raw(')');
    }
}
