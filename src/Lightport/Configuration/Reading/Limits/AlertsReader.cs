using Lightport.Configuration.Yaml;
using Lightport.Limits.Rules;

namespace Lightport.Configuration.Reading;

/// <summary>Reads where alerts are sent: <c>alerts: { webhook: "https://…", secret: ALERTS_SECRET }</c>.</summary>
internal static class AlertsReader
{
    private const string Path = "alerts";

    private static readonly SectionKeys Keys = new("webhook", "secret", "private");

    public static AlertWebhook? Read(YamlNode? node, ReadingContext context)
    {
        ConfigurationErrors errors = context.Errors;
        if (node is null || Section.Read(node, Path, Keys, errors) is not { } section)
        {
            return null;
        }

        bool isPrivate = section.Boolean("private") ?? false;
        Uri? address = Address(section, isPrivate);
        string? secret = section.Text("secret");
        if (section.Find("secret") is not { } at)
        {
            errors.Add(section.At, "alerts need 'secret', the name of the secret that they are signed with.");
        }
        else if (secret is not null && (!SecretNames.IsName(secret) || SecretNames.LooksLikeKey(secret)))
        {
            errors.Add(at, "alerts.secret names a secret, never holds one; set it in the environment or the vault.");
        }
        else if (secret is not null && !context.Environment.SecretsElsewhere
            && !context.Environment.Names.Contains(secret))
        {
            errors.Warn(at, $"the secret {secret} that alerts are signed with is not set in the environment.");
        }

        return address is null || secret is null ? null : new AlertWebhook(address, secret, isPrivate);
    }

    /// <summary>Without TLS only where it does not leave one's own network.</summary>
    private static Uri? Address(Section section, bool isPrivate)
    {
        YamlNode at = section.Find("webhook") ?? section.At;
        if (Uri.TryCreate(section.Text("webhook"), UriKind.Absolute, out Uri? address)
            && (address.Scheme == Uri.UriSchemeHttps || (isPrivate && address.Scheme == Uri.UriSchemeHttp))
            && address.UserInfo.Length == 0)
        {
            return address;
        }

        section.Errors.Add(at, "alerts.webhook must be an address with https:// and without a password, as in "
            + "https://hooks.example.com/lightport; with 'private: on' http:// will do.");
        return null;
    }
}
