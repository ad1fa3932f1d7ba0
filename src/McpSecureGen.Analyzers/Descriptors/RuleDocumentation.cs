namespace McpSecureGen.Analyzers.Descriptors;

/// <summary>Where the page of a rule is found: one page a rule, named after its id.</summary>
internal static class RuleDocumentation
{
    private const string Folder = "https://github.com/mcpsecuregen/mcpsecuregen/blob/main/docs/rules/";

    public static string Link(string id) => Folder + id + ".md";
}
