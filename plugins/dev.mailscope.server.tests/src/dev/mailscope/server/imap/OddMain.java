package dev.mailscope.server.imap;
import java.nio.charset.StandardCharsets;
import java.util.*;
import dev.mailscope.server.*;
import dev.mailscope.server.trace.RecordingLimits;
public class OddMain {
  static Random r;
  static String pick(String... a){return a[r.nextInt(a.length)];}
  static String addr(){ return pick("a@b","<a@b>","A B <a@b>","\"Q \\\" x\" <a@b>","=?utf-8?Q?=C3=A4?= <a@b>","G: a@b, c@d;","G:;","undisclosed recipients:;","<@r1,@r2:a@b>","a","<>","<a>","\"unterminated <a@b>","a@[1.2.3.4]","(c) a@b (d)","a b c","\u00c3\u00a4@b","<a@b","a@b>",":;",";","G: H: a@b;;","G: a@b","a@",  "@b",",,","\"\" <a@b>","\\\"x <a@b>","a . b @ c . d","<\"a b\"@c>","\"a\0b\" <a@b>","\t"); }
  static String addrs(){ var s=new StringBuilder(); int n=1+r.nextInt(3); for(int i=0;i<n;i++){ if(i>0)s.append(pick(", ",",\r\n ",",", " ")); s.append(addr()); } return s.toString(); }
  static String hdr(){ return switch(r.nextInt(14)){
    case 0,1,2 -> pick("From","To","Cc","Bcc","Sender","Reply-To","from")+pick(": ",":"," : ")+addrs();
    case 3 -> "Subject: "+pick("x","=?utf-8?B?w6Q=?=","\u00c3\u00a4 8bit","\"quotes\" \\back","",  "a\r\n b","a\r\n\tb\r\n ", "x".repeat(2000));
    case 4 -> "Date: "+pick("Mon, 1 Jan 2024 00:00:00 +0000","garbage","");
    case 5 -> "Message-ID: "+pick("<a@b>","a","<a@b> (c)","<"+"x".repeat(1500)+">");
    case 6 -> "In-Reply-To: "+pick("<a@b> <c@d>","\"x\"","");
    case 7,8 -> "Content-Type: "+pick("text/plain","text/plain; charset=utf-8","text","multipart/mixed; boundary=b","multipart/mixed; boundary=\"b\"","multipart/alternative;boundary=\"a b\"","multipart/mixed","message/rfc822","message/global","image/png; name=\"x\\\"y\"; name*0=a; name*1*=b%20c","text/html; a; b=; =c; \"d\"=e","/","text/","/plain","multipart/digest; boundary=b","message/external-body; access-type=x","text/plain; charset=\"\u00c3\u00a4\"","application/x; name*=utf-8''%C3%A4","message/partial; id=\"1\"","TEXT/PLAIN (c); charset=(x)us-ascii","multipart/mixed; boundary=", "multipart/mixed; boundary=\"\"");
    case 9 -> "Content-Disposition: "+pick("attachment","attachment; filename=\"x y\"","inline; filename*=utf-8''a","","; x=y","\"q\"; a=b");
    case 10 -> "Content-Transfer-Encoding: "+pick("7bit","BASE64","quoted-printable","x-foo","","\"base64\"","8bit (c)","\u00c3\u00a4");
    case 11 -> pick("Content-ID: <x>","Content-Description: \u00c3\u00a4 d","Content-Language: en, de","Content-Language: ","Content-Language: (c)","Content-Location: http://x/\"y","Content-MD5: abc","Content-ID:");
    case 12 -> pick("NoColon","\u00c3\u00a4: x",": x"," folded first","X:\r\n\r","MIME-Version: 1.0","X: a\nb","X: \0");
    default -> "X-"+r.nextInt(9)+": y"; }; }
  static String ent(int d){ var s=new StringBuilder(); int n=r.nextInt(7); for(int i=0;i<n;i++) s.append(hdr()).append(pick("\r\n","\r\n","\r\n","\n")); s.append(pick("\r\n","\r\n","\r\n","","\n")); s.append(body(d)); return s.toString(); }
  static String body(int d){ if(d>3) return "x"; return switch(r.nextInt(6)){
    case 0 -> ""; case 1 -> "text\r\n"; case 2 -> ent(d+1); case 3 -> "line\nline\r\n.\r\n\u00c3\u00a4";
    default -> { var s=new StringBuilder(pick("","preamble\r\n")); int n=r.nextInt(4); for(int i=0;i<n;i++) s.append(pick("--b","--b","--b ","--a b","\r\n--b")).append(pick("\r\n","\n","")).append(ent(d+1)).append(pick("\r\n","")); s.append(pick("--b--","--b--\r\n","","--")); yield s.toString(); } }; }
  public static void main(String[] a) throws Exception {
    long n=0; int fails=0;
    for (long seed=Long.parseLong(a[0]); seed<Long.parseLong(a[1]); seed++) { r=new Random(seed);
      try (var server = MailServer.open(ServerConfig.sample().withPorts(0,0).withUtf8(seed%2==0).withRecordingLimits(RecordingLimits.NOTHING))) {
        server.createFolder("alice","Odd"); 
        var all=new ArrayList<String>();
        for(int i=0;i<150;i++){ var m=ent(0); if(seed%3!=0) m=m.replace("\0","z"); if(m.isEmpty())m="x"; all.add(m); server.deliver("alice","Odd",m.getBytes(StandardCharsets.ISO_8859_1)); }
        server.start();
        for (var en : List.of("","ENABLE IMAP4rev2","ENABLE UTF8=ACCEPT")) try (var c = new ModelClient(server.address("imap"), new MailboxModel(new MailboxModel.World()), r)) {
          c.ok("LOGIN alice secret"); if(!en.isEmpty()) c.ok(en); c.ok("SELECT Odd");
          for(int i=1;i<=150;i++){ 
            for (var what : List.of("ENVELOPE","BODY","BODYSTRUCTURE","(PREVIEW RFC822.SIZE BODY.PEEK[HEADER.FIELDS (From \"x y\" Subject)] BODY.PEEK[1] BODY.PEEK[1.MIME] BODY.PEEK[2.1.HEADER] BODY.PEEK[TEXT]<0.10> BINARY.SIZE[1] BINARY.PEEK[1])", "BODY[]<1.2>"))
            try { var x=c.command("FETCH "+i+" "+what); n++; if(!x.getLast().kind().equals("OK") && !x.getLast().code().equals("UNKNOWN-CTE")) throw new AssertionError(x.getLast().toString()); } catch (AssertionError e) { fails++; System.out.println("== seed "+seed+" "+en+" msg "+i+" "+e.getMessage().lines().limit(3).toList()+"\n"+all.get(i-1)); if (fails>3) {System.out.println("n "+n);System.exit(1);} break; }
          }
          for (var s : List.of("SORT (SUBJECT FROM DISPLAYTO DATE) UTF-8 ALL","THREAD REFERENCES UTF-8 ALL","THREAD ORDEREDSUBJECT UTF-8 ALL","SEARCH FROM a TO \"\" HEADER Subject \"\" SENTSINCE 1-Jan-2020 OR BODY x TEXT q")) try { c.ok(s); n++; } catch (AssertionError e) {fails++; System.out.println("== "+s+" "+e.getMessage().substring(0,300));}
        }
      }
    }
    System.out.println("n "+n+" fails "+fails);
  }
}
