package dev.mailscope.ui;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

import org.eclipse.core.runtime.preferences.AbstractPreferenceInitializer;
import org.eclipse.core.runtime.preferences.DefaultScope;
import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.preference.IPreferenceStore;

import dev.mailscope.server.AccountConfig;
import dev.mailscope.server.TlsConfig;
import dev.mailscope.server.expression.RuleCodec;
import dev.mailscope.ui.filter.SavedRules;

/** What the user may set, and what holds until then. Nothing secret is kept here. */
public final class Preferences extends AbstractPreferenceInitializer {
    static final String IMAP_PORT = "imap.port";
    static final String POP3_PORT = "pop3.port";
    static final String IMAPS_PORT = "imaps.port";
    static final String POP3S_PORT = "pop3s.port";
    static final String SMTP_PORT = "smtp.port";
    static final String TLS_REQUIRED = "tls.required";
    static final String KEY_STORE = "tls.keyStore";
    static final String PASSWORD_KEPT = "tls.passwordKept";
    static final String RECORDING_MEGABYTES = "recording.megabytes";
    static final String RECORDINGS_KEPT = "recordings.kept";
    static final String BREAKPOINTS = "breakpoints";
    /** What stands for the port of a protocol that is switched off. */
    static final int OFF = -1;
    private static final String SECRET_KEPT = "account.secretKept.";

    @Override
    public void initializeDefaultPreferences() {
        var defaults = DefaultScope.INSTANCE.getNode(Mailscope.ID);
        defaults.putInt(IMAP_PORT, 1143);
        defaults.putInt(POP3_PORT, 1110);
        defaults.putInt(IMAPS_PORT, TlsConfig.DEFAULT_IMAPS_PORT);
        defaults.putInt(POP3S_PORT, TlsConfig.DEFAULT_POP3S_PORT);
        defaults.putInt(SMTP_PORT, OFF);
        defaults.putInt(RECORDING_MEGABYTES, 256);
        defaults.putInt(RECORDINGS_KEPT, 10);
        defaults.put(SavedRules.FILTERS, RuleCodec.writeFilters(SavedRules.shippedFilters()));
        defaults.put(SavedRules.COLOURS, RuleCodec.writeColours(SavedRules.shippedColours()));
    }

    /** The port IMAP listens on; 0 for any that is free. */
    public static int imapPort() {
        return store().getInt(IMAP_PORT);
    }

    /** The port POP3 listens on; 0 for any that is free. */
    public static int pop3Port() {
        return store().getInt(POP3_PORT);
    }

    /** All ports. */
    public static ServerPorts ports() {
        return new ServerPorts(imapPort(), pop3Port(), optionalPort(IMAPS_PORT), optionalPort(POP3S_PORT),
                optionalPort(SMTP_PORT));
    }

    /** Sets all ports; the server takes them at its next start. */
    public static void setPorts(ServerPorts ports) {
        var node = node();
        node.putInt(IMAP_PORT, ports.imap());
        node.putInt(POP3_PORT, ports.pop3());
        node.putInt(IMAPS_PORT, ports.imaps().orElse(OFF));
        node.putInt(POP3S_PORT, ports.pop3s().orElse(OFF));
        node.putInt(SMTP_PORT, ports.smtp().orElse(OFF));
    }

    /** True when no client may send a password without TLS. */
    public static boolean isTlsRequired() {
        return store().getBoolean(TLS_REQUIRED);
    }

    /** The key store with the user's own certificate; empty for the self-signed one. */
    public static Optional<Path> keyStore() {
        return Optional.of(store().getString(KEY_STORE)).filter(file -> !file.isEmpty()).map(Path::of);
    }

    /** Sets how TLS is used; null for the self-signed certificate. The password is not kept here. */
    public static void setTls(boolean required, Path keyStore) {
        node().putBoolean(TLS_REQUIRED, required);
        node().put(KEY_STORE, keyStore == null ? "" : keyStore.toString());
    }

    /** True when the key store's password is in the secure storage, which is asked for it only then. */
    static boolean isPasswordKept() {
        return store().getBoolean(PASSWORD_KEPT);
    }

    /** Sets whether the key store's password is in the secure storage. */
    static void setPasswordKept(boolean kept) {
        node().putBoolean(PASSWORD_KEPT, kept);
    }

    /** True when the account's password itself is kept, as the user has said; otherwise what it begins with. */
    static boolean isSecretKept(AccountConfig account) {
        return node().getBoolean(SECRET_KEPT + account.user(), account.keepsSecret());
    }

    /** Sets whether the account's password itself is kept. */
    static void setSecretKept(AccountConfig account) {
        node().putBoolean(SECRET_KEPT + account.user(), account.keepsSecret());
    }

    /** How large a recording may grow before its oldest events go, in MiB. */
    public static int recordingMegabytes() {
        return store().getInt(RECORDING_MEGABYTES);
    }

    /** How many recordings of earlier starts are kept. */
    public static int recordingsKept() {
        return store().getInt(RECORDINGS_KEPT);
    }

    /** Breakpoints and faults, as their codec writes them; empty for none. */
    static String breakpoints() {
        return node().get(BREAKPOINTS, "");
    }

    /** Sets the breakpoints and faults. */
    static void setBreakpoints(String text) {
        node().put(BREAKPOINTS, text);
    }

    /** Keeps what could not be read, so that setting others loses nothing. */
    static void keepUnreadableBreakpoints(String text) {
        node().put(BREAKPOINTS + ".unreadable", text);
    }

    static void listen(IEclipsePreferences.IPreferenceChangeListener listener) {
        node().addPreferenceChangeListener(listener);
    }

    static void listenNoMore(IEclipsePreferences.IPreferenceChangeListener listener) {
        node().removePreferenceChangeListener(listener);
    }

    private static OptionalInt optionalPort(String name) {
        var port = store().getInt(name);
        return port == OFF ? OptionalInt.empty() : OptionalInt.of(port);
    }

    private static IEclipsePreferences node() {
        return InstanceScope.INSTANCE.getNode(Mailscope.ID);
    }

    static IPreferenceStore store() {
        return Mailscope.get().getPreferenceStore();
    }
}
