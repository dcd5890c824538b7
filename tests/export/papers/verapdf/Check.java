import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Says of each file whether it is PDF/UA-1: its path, "yes" or "no", the checks made, and the first rule it breaks. */
public class Check {
  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    for (String file : files) {
      try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), PDFAFlavour.PDFUA_1)) {
        ValidationResult result =
            Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, 20, true, false, false).validate(parser);
        String broken = "";
        for (TestAssertion one : result.getTestAssertions()) {
          if (one.getStatus() != TestAssertion.Status.PASSED && broken.isEmpty()) {
            broken = one.getRuleId() + " " + one.getMessage();
          }
        }
        System.out.println(
            "CHECKED\t" + file + "\t" + (result.isCompliant() ? "yes" : "no") + "\t" + result.getTotalAssertions() + "\t" + broken);
      }
    }
  }
}
