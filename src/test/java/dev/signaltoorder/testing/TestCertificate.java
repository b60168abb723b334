package dev.signaltoorder.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** A certificate with its key in a PKCS #12 file, made by the JDK's keytool. */
public record TestCertificate(Path file, Path pem) {
  /** Of every file here. */
  public static final String PASSWORD = "of a test only";

  private static final String ALIAS = "it";
  private static final String SIGNER = "signer";
  private static final KeyStore.PasswordProtection SECRET =
      new KeyStore.PasswordProtection(PASSWORD.toCharArray());

  /** Of an authority, which can sign others. */
  public static TestCertificate authority(String commonName, Path folder, String name)
      throws IOException {
    Path file = folder.resolve(name + ".p12");
    keytool(generated("CN=" + commonName, file, "30", "-ext", "bc:c"));
    return exported(file, folder.resolve(name + ".pem"));
  }

  /** Signed by this authority, with the given subject (RFC 2253). */
  public TestCertificate signed(String subject, Path folder, String name) throws IOException {
    Path file = folder.resolve(name + ".p12");
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setEntry(SIGNER, load(this.file).getEntry(ALIAS, SECRET), SECRET);
      save(store, file);
      keytool(generated(subject, file, "30", "-signer", SIGNER));
      KeyStore both = load(file);
      both.deleteEntry(SIGNER);
      save(both, file);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    return exported(file, folder.resolve(name + ".pem"));
  }

  /** Self-signed, for localhost, of the given common name. */
  public static TestCertificate of(String commonName, Path folder, String name) throws IOException {
    return of(commonName, folder, name, "30", "+0d");
  }

  /** One that was good for a day, and is not any more. */
  public static TestCertificate expired(String commonName, Path folder, String name)
      throws IOException {
    return of(commonName, folder, name, "1", "-3d");
  }

  private static TestCertificate of(
      String commonName, Path folder, String name, String days, String begins) throws IOException {
    Path file = folder.resolve(name + ".p12");
    Path pem = folder.resolve(name + ".pem");
    keytool(
        generated(
            "CN=" + commonName,
            file,
            days,
            "-startdate",
            begins,
            "-ext",
            "san=dns:localhost,ip:127.0.0.1"));
    return exported(file, pem);
  }

  private static String[] generated(String subject, Path file, String days, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                subject,
                "-validity",
                days,
                "-alias",
                ALIAS,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString()));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private static TestCertificate exported(Path file, Path pem) throws IOException {
    try {
      byte[] der = load(file).getCertificate(ALIAS).getEncoded();
      String lines =
          Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
      Files.writeString(
          pem, "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n");
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    return new TestCertificate(file, pem);
  }

  private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private static void save(KeyStore store, Path file) throws IOException, GeneralSecurityException {
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
  }

  /** The private key, PKCS #8. */
  public String keyPem() throws GeneralSecurityException, IOException {
    byte[] key = load(file).getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
    return "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n";
  }

  /** The certificate itself. */
  public X509Certificate certificate() throws GeneralSecurityException, IOException {
    return (X509Certificate) load(file).getCertificate(ALIAS);
  }

  private static void keytool(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** What a client needs that shows this certificate, or none; it takes any server's. */
  public static SSLContext client(@Nullable TestCertificate shown) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        shown == null ? new KeyManager[0] : shown.keys(),
        new TrustManager[] {new Everyone()},
        null);
    return context;
  }

  private KeyManager[] keys() throws GeneralSecurityException, IOException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(load(file), PASSWORD.toCharArray());
    return factory.getKeyManagers();
  }

  /** The tests look at whom they speak with themselves. */
  private static final class Everyone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
