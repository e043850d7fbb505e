using System.Text.RegularExpressions;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// The model that a request is for, which its path names as a resource (https://google.aip.dev/122):
/// <c>models/x</c>, or as Vertex AI has it <c>publishers/google/models/x</c>. A tuned model keeps its collection.
/// </summary>
internal static partial class GoogleGeminiModelName
{
    /// <summary>What stands in a door's path for the resource.</summary>
    private const string Place = "model";

    /// <exception cref="GatewayException">Neither path nor body names a model.</exception>
    public static string Of(ClientRequest request)
    {
        string resource = request.PathValue(Place) ?? JsonBody.Model(request.Json);
        return resource[Collection().Match(resource).Length..];
    }

    [GeneratedRegex("^(?:models/)?(?:(?:projects/[^/]+/locations/[^/]+/)?publishers/[^/]+/models/)?")]
    private static partial Regex Collection();
}
