using System.Text;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Asks the account that keeps an answer for it, as the client asked the gateway.</summary>
internal sealed class OpenAIResponsesKeptPassed : IPassed
{
    /// <summary>What the vendor's page has in the query; anything else is for the gateway.</summary>
    private static readonly string[] Query =
    [
        "include", "include[]", "stream", "starting_after", "include_obfuscation", "limit", "order", "after",
    ];

    /// <summary>What may stand behind an answer's id.</summary>
    private static readonly string[] Below = ["/input_items", "/cancel"];

    public Call Write(ClientRequest request, CallContext context)
    {
        var place = new StringBuilder("/").Append(Uri.EscapeDataString(request.PathValue("id")!));
        place.Append(Array.Find(Below, below => request.Path.EndsWith(below, StringComparison.Ordinal)));
        char separator = '?';
        foreach (string name in Query)
        {
            foreach (string value in request.QueryAll(name))
            {
                place.Append(separator)
                    .Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
                separator = '&';
            }
        }

        return new OpenAIResponsesKeptCall(new HttpMethod(request.Method), place.ToString(), context.Stream);
    }
}
