using System.Text;
using McpSecureGen.Validation.Paths;

namespace McpSecureGen.Tests.Validation;

public sealed class CompatibilityFormTests
{
    private const string Structure = "./\\:%$";

    [Fact]
    public void Given_every_character_When_folded_Then_it_agrees_with_the_runtime_where_structure_appears()
    {
        Assert.SkipWhen("\uFF0F".Normalize(NormalizationForm.FormKC) != "/", "Globalization-invariant mode: there is nothing to compare with.");
        for (var code = 0x80; code <= 0xFFFF; code++)
        {
            if (char.IsSurrogate((char)code) || code is 0xFFFE or 0xFFFF)
            {
                continue;
            }

            var expected = ((char)code).ToString().Normalize(NormalizationForm.FormKC);
            var folded = CompatibilityForm.Fold((char)code);

            // Numbers with a dot ("1.") and abbreviations ("a.m.") hold more than dots, so they are never a step up.
            var isStructure = expected.Any(Structure.Contains) && !(expected.Any(char.IsAsciiLetterOrDigit) && !expected.Contains('/', StringComparison.Ordinal));
            Assert.True(folded is null ? !isStructure : folded == expected, $"U+{code:X4}");
        }
    }
}
