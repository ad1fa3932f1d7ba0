using McpSecureGen.Metadata;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace McpSecureGen.Hosting;

/// <summary>Binds section <c>McpSecurity:Http</c> and checks it at start-up.</summary>
internal sealed class HttpSecuritySetup(IServiceProvider services, IOptions<McpSecurityOptions> security)
    : IConfigureOptions<HttpSecurityOptions>, IValidateOptions<HttpSecurityOptions>
{
    public void Configure(HttpSecurityOptions options) =>
        (services.GetService(typeof(IConfiguration)) as IConfiguration)?.GetSection(HttpSecurityOptions.SectionName).Bind(options);

    public ValidateOptionsResult Validate(string? name, HttpSecurityOptions options)
    {
        try
        {
            HttpSecuritySettings.Read(options, ResourceIdentity.AudienceOf(security.Value.Authentication));
            return ValidateOptionsResult.Success;
        }
        catch (McpSecurityConfigurationException e)
        {
            return ValidateOptionsResult.Fail(e.Problems);
        }
    }
}
