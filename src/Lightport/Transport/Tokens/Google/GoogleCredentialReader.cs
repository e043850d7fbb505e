using System.Text.Json;

namespace Lightport.Transport.Tokens.Google;

/// <summary>Reads the JSON that Google hands out as a key.</summary>
/// <param name="trusted">Hosts beside Google's own that may be asked for tokens.</param>
internal sealed class GoogleCredentialReader(IReadOnlySet<string> trusted)
{
    private const string UsualAddress = "https://oauth2.googleapis.com/token";

    /// <exception cref="CredentialException">It is none, or wants a token of somebody who is not known.</exception>
    public IGoogleGrant Read(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            throw new CredentialException("is no JSON, though it begins as one of Google's keys");
        }
    }

    private IGoogleGrant Read(JsonElement key) => Text(key, "type") switch
    {
        "service_account" => new GoogleServiceAccount(
            Address(key), Needed(key, "client_email"), Needed(key, "private_key"), Text(key, "private_key_id")),
        "authorized_user" => new GoogleUser(
            Address(key), Needed(key, "client_id"), Needed(key, "client_secret"), Needed(key, "refresh_token")),
        _ => throw new CredentialException(
            "is none of the Google keys that are known: its 'type' must be service_account or authorized_user"),
    };

    private Uri Address(JsonElement key) =>
        Uri.TryCreate(Text(key, "token_uri") ?? UsualAddress, UriKind.Absolute, out Uri? address)
        && address.UserInfo.Length == 0
        && (IsGoogles(address) || trusted.Contains(address.Authority))
            ? address
            : throw new CredentialException(
                "has a 'token_uri' that is not Google's; whoever trusts it names its host in LIGHTPORT_TOKEN_HOSTS");

    private static bool IsGoogles(Uri address) =>
        address is { IsDefaultPort: true }
        && address.Scheme == Uri.UriSchemeHttps
        && address.IdnHost.EndsWith(".googleapis.com", StringComparison.OrdinalIgnoreCase);

    private static string Needed(JsonElement key, string name) =>
        Text(key, name) ?? throw new CredentialException($"lacks '{name}'");

    private static string? Text(JsonElement key, string name) =>
        key.ValueKind == JsonValueKind.Object
        && key.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}
