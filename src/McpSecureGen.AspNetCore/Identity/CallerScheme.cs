using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using SchemeOptions = Microsoft.AspNetCore.Authentication.AuthenticationOptions;

namespace McpSecureGen.Identity;

/// <summary>Settings of the scheme, applied after whatever else configures it.</summary>
internal sealed class CallerScheme(CallerTokenHandler handler) : IPostConfigureOptions<JwtBearerOptions>, IPostConfigureOptions<SchemeOptions>
{
    public void PostConfigure(string? name, JwtBearerOptions options)
    {
        if (name != McpSecurityAuthentication.Scheme)
        {
            return;
        }

        options.TokenHandlers.Clear();
        options.TokenHandlers.Add(handler);
        options.UseSecurityTokenValidators = false;
        options.MapInboundClaims = false;
        options.SaveToken = false;
        options.IncludeErrorDetails = false;
        options.Authority = null;
        options.MetadataAddress = null!;
        options.ConfigurationManager = null;
        options.Events = null!;
        options.EventsType = typeof(CallerEvents);
        options.TokenValidationParameters = new() { IncludeTokenOnFailedValidation = false };
    }

    /// <summary>
    /// ASP.NET Core takes the only scheme there is for the default. Where the author has one scheme and relies on that, ours must not end it.
    /// </summary>
    public void PostConfigure(string? name, SchemeOptions options)
    {
        if (options.DefaultScheme is null && options.Schemes.Where(static scheme => scheme.Name != McpSecurityAuthentication.Scheme).ToArray() is [var only])
        {
            options.DefaultScheme = only.Name;
        }
    }
}
