using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Lightport.Tests.Transport.Tokens;

/// <summary>Keys as Google hands them out, made anew for each run.</summary>
internal static class GoogleKeys
{
    public static RSA Pair { get; } = RSA.Create(2048);

    public static string ServiceAccount(Action<JsonObject>? change = null)
    {
        var key = new JsonObject
        {
            ["type"] = "service_account",
            ["project_id"] = "contoso",
            ["private_key_id"] = "key-1",
            ["private_key"] = Pair.ExportPkcs8PrivateKeyPem(),
            ["client_email"] = "gateway@contoso.iam.gserviceaccount.com",
            ["token_uri"] = "https://oauth2.googleapis.com/token",
        };
        change?.Invoke(key);
        return key.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true });
    }

    public static string User { get; } = """
        {"type":"authorized_user","client_id":"id-1","client_secret":"canary-1","refresh_token":"canary-2"}
        """;
}
