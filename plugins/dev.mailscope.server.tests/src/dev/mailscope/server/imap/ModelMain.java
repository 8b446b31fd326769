package dev.mailscope.server.imap;
import dev.mailscope.server.*;
import dev.mailscope.server.trace.RecordingLimits;
public class ModelMain {
  public static void main(String[] a) throws Exception {
    long from=Long.parseLong(a[0]), to=Long.parseLong(a[1]); int rounds=Integer.parseInt(a[2]); int fails=0; long n=0;
    for (long seed=from; seed<to; seed++) {
      try (var server = MailServer.open(ServerConfig.sample().withPorts(0,0).withUtf8(true).withRecordingLimits(RecordingLimits.NOTHING))) {
        server.createFolder("alice","Other");
        server.start();
        try (var s = new ModelSessions(server.address("imap"), seed)) { try { s.run(rounds); } finally { n+=s.commands(); } }
        catch (Throwable e) { fails++; System.out.println("=== seed "+seed+": "+e.getMessage()); if(!(e instanceof AssertionError)) e.printStackTrace(System.out); else if(a.length>3) e.printStackTrace(System.out); if (fails>=2) break; }
      }
    }
    System.out.println("rounds "+n+" fails "+fails);
  }
}
