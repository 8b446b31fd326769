package dev.mailscope.server.sasl;

import dev.mailscope.server.mailbox.Credentials;
import dev.mailscope.server.sasl.SaslStep.Reason;

/** EXTERNAL (RFC 4422 appendix A): the client's certificate says who it is. */
record External(SaslCircumstances circumstances, Credentials credentials) implements Turn.Stage {
    // initial-response = *( UTF8-char-no-nul )
    @Override
    public Turn take(byte[] response) {
        var actFor = Text.of(response).filter(text -> text.indexOf('\0') < 0);
        if (actFor.isEmpty()) {
            return Turn.malformed("EXTERNAL takes a user to act for, in UTF-8, or nothing.");
        }
        return circumstances.clientCertificate().flatMap(credentials::certified)
                .map(account -> Turn.success(credentials, account, actFor.get()))
                .orElseGet(() -> Turn.failed(Reason.AUTHENTICATIONFAILED,
                        "The certificate of the client belongs to no account here."));
    }
}
