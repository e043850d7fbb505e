using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lightport.Transport.Signing;

namespace Lightport.Tests.Transport.Signing;

/// <summary>One of AWS's own examples of a signed request: a folder of texts.</summary>
internal sealed class AwsSignatureVector(string folder)
{
    private readonly JsonObject _context = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "context.json")))!.AsObject();
    private readonly string[] _request = Text(folder, "request.txt").Split("\n\n", 2);

    public string Name => Path.GetFileName(folder);

    public string CanonicalRequest => Text(folder, "header-canonical-request.txt").TrimEnd();

    public string Signature => Text(folder, "header-signature.txt").Trim();

    public string Time => AwsSignature.Time(DateTimeOffset.Parse((string)_context["timestamp"]!, null));

    public string Region => (string)_context["region"]!;

    public string Service => (string)_context["service"]!;

    public AwsCredentials Credentials => new(
        (string)_context["credentials"]!["access_key_id"]!,
        (string)_context["credentials"]!["secret_access_key"]!,
        (string?)_context["credentials"]!["token"]);

    public AwsCanonicalRequest Canonical()
    {
        string[] head = _request[0].Split('\n');
        string[] line = head[0][..head[0].LastIndexOf(' ')].Split(' ', 2);
        string[] target = line[1].Split('?', 2);
        string body = _request.Length > 1 ? _request[1] : "";
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        return AwsCanonicalRequest.Of(
            line[0],
            target[0],
            target.Length > 1 ? target[1] : "",
            Headers(head.Skip(1), hash),
            hash,
            (bool)_context["normalize"]!);
    }

    private static string Text(string folder, string file) =>
        File.ReadAllText(Path.Combine(folder, file)).ReplaceLineEndings("\n");

    private List<KeyValuePair<string, string>> Headers(IEnumerable<string> lines, string hash)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (string line in lines.Where(line => line.Length > 0))
        {
            if (line[0] == ' ')
            {
                headers[^1] = new(headers[^1].Key, headers[^1].Value + " " + line.Trim());
                continue;
            }

            string[] pair = line.Split(':', 2);
            headers.Add(new(pair[0], pair[1]));
        }

        headers.Add(new("X-Amz-Date", Time));
        if ((bool)_context["sign_body"]!)
        {
            headers.Add(new("X-Amz-Content-Sha256", hash));
        }

        if (Credentials.SessionToken is { } token && (bool?)_context["omit_session_token"] != true)
        {
            headers.Add(new("X-Amz-Security-Token", token));
        }

        return headers;
    }
}
