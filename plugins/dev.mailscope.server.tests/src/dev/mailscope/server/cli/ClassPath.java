package dev.mailscope.server.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import com.github.davidmoten.guavamini.Preconditions;
import jakarta.mail.Session;
import org.apache.commons.io.IOUtils;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.stream.Field;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;
import org.h2.mvstore.MVStore;
import org.pcollections.TreePMap;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.server.SMTPServer;
import dev.mailscope.server.MailServer;
import picocli.CommandLine;

/** The class path of the server and its libraries, wherever the tests have them from; for a JVM of its own. */
public final class ClassPath {
    private ClassPath() {
    }

    /** As {@code java -cp} takes it. */
    public static String ofServer() {
        return Stream.of(MailServer.class, CommandLine.class, TreePMap.class, MVStore.class, Field.class, Message.class,
                IOUtils.class, X509CertificateHolder.class, Extension.class, ContentInfo.class, SMTPServer.class,
                Preconditions.class, LoggerFactory.class, LoggerFactory.getILoggerFactory().getClass(), Session.class)
                .map(ClassPath::location).distinct()
                .collect(Collectors.joining(System.getProperty("path.separator")));
    }

    private static String location(Class<?> type) {
        try {
            var path = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
            var classes = path.resolve("target/classes");
            return (Files.isDirectory(classes) ? classes : path).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
