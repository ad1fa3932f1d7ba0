namespace McpSecureGen.Validation.Output;

/// <summary>
/// Credentials that can be told by their look: their issuers gave them a prefix for this. Data only; every row has a matching and a harmless sample in the
/// tests. What has no prefix (passwords, AWS secret keys, hexadecimal keys) is not here, because it looks like any identifier.
/// </summary>
internal static class SecretShapes
{
    internal static IReadOnlyList<SecretShape> All { get; } =
    [
        new("private key", @"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[A-Za-z0-9+/=\s\\:,.()]|-[A-Za-z0-9])*(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)?", ["PRIVATE KEY"], "RFC 7468; RFC 9580 section 6.2"),
        new("aws access key id", @"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b", ["AKIA", "ASIA"], "AWS IAM user guide, unique identifiers"),
        new("github token", @"\bgh[pousr]_[A-Za-z0-9]{36,}", ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], "GitHub docs, about authentication, token formats"),
        new("github token", @"\bgithub_pat_[A-Za-z0-9_]{60,}", ["github_pat_"], "GitHub docs, about authentication, token formats"),
        new("gitlab token", @"\bgl(?:pat|ptt|dt|rt|soat)-[A-Za-z0-9_-]{20,}", ["glpat-", "glptt-", "gldt-", "glrt-", "glsoat-"], "GitLab docs, token overview"),
        new("slack token", @"\bxox[abeoprs]-[A-Za-z0-9-]{20,}", ["xox"], "Slack API docs, token types"),
        new("slack webhook", @"\bhooks\.slack\.com/services/T[A-Z0-9]{6,20}/B[A-Z0-9]{6,20}/[A-Za-z0-9]{20,64}", ["hooks.slack.com"], "Slack API docs, incoming webhooks"),
        new("google api key", @"\bAIza[A-Za-z0-9_-]{35}", ["AIza"], "Google Cloud docs, API keys"),
        new("google oauth secret", @"\bGOCSPX-[A-Za-z0-9_-]{28}", ["GOCSPX-"], "Google Cloud docs, OAuth clients"),
        new("stripe key", @"\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}", ["k_live_", "k_test_"], "Stripe docs, API keys"),
        new("npm token", @"\bnpm_[A-Za-z0-9]{36}\b", ["npm_"], "npm docs, access tokens"),
        new("pypi token", @"\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,}", ["pypi-AgEIcHlwaS5vcmc"], "PyPI help, API tokens"),
        new("nuget key", @"\boy2[a-z0-9]{43}\b", ["oy2"], "NuGet docs, API keys"),
        new("docker token", @"\bdckr_(?:pat|oat)_[A-Za-z0-9_-]{27,64}", ["dckr_pat_", "dckr_oat_"], "Docker docs, access tokens"),
        new("openai key", @"\bsk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{40,}", ["sk-proj-", "sk-svcacct-", "sk-admin-"], "OpenAI docs, API keys"),
        new("anthropic key", @"\bsk-ant-[a-z0-9]{3,12}-[A-Za-z0-9_-]{80,}", ["sk-ant-"], "Anthropic docs, API keys"),
        new("hugging face token", @"\bhf_[A-Za-z0-9]{34,40}\b", ["hf_"], "Hugging Face docs, user access tokens"),
        new("sendgrid key", @"\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}", ["SG."], "SendGrid docs, API keys"),
        new("digitalocean token", @"\bdo[opr]_v1_[a-f0-9]{64}\b", ["dop_v1_", "doo_v1_", "dor_v1_"], "DigitalOcean docs, token prefixes"),
        new("shopify token", @"\bshp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32}\b", ["shpat_", "shpca_", "shppa_", "shpss_"], "Shopify docs, access tokens"),
        new("vault token", @"\bhv[sbr]\.[A-Za-z0-9_-]{24,}", ["hvs.", "hvb.", "hvr."], "HashiCorp Vault docs, token prefixes"),
        new("age key", @"\bAGE-SECRET-KEY-1[0-9A-Z]{58}\b", ["AGE-SECRET-KEY-1"], "age specification, C2SP"),
        new("json web token", @"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{16,}", ["eyJ"], "RFC 7519"),
        new("azure storage key", @"AccountKey=[A-Za-z0-9+/]{86}==", ["AccountKey="], "Azure docs, storage connection strings"),
        new("azure shared access key", @"SharedAccessKey=[A-Za-z0-9+/]{43}=", ["SharedAccessKey="], "Azure docs, Service Bus connection strings"),
        new("azure shared access signature", @"\bsig=[A-Za-z0-9%]{40,64}%3[Dd]", ["sig="], "Azure docs, shared access signatures"),
        new("connection string password", @";\s?(?:Password|password|PASSWORD|Pwd|pwd|PWD)=[^;\s""'<>{}]{4,128}", ["assword=", "ASSWORD=", "wd=", "WD="], "ADO.NET docs, connection strings"),
        new("password in a url", @"\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@<>""']{1,64}:[^\s/@<>""']{3,128}@", ["://"], "RFC 3986 section 3.2.1"),
    ];
}
