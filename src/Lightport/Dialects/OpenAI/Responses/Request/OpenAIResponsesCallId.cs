using System.Security.Cryptography;
using System.Text;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// The id of a call as the API takes it: of 1 to 64 characters
/// (https://platform.openai.com/docs/api-reference/responses/create#responses-create-input). Others have longer ones,
/// which become the same one in every request.
/// </summary>
internal static class OpenAIResponsesCallId
{
    private const int Longest = 64;
    private const int HashDigits = 16;

    public static string Of(string id)
    {
        if (id.Length is > 0 and <= Longest)
        {
            return id;
        }

        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..HashDigits];
        return $"call_{hash}";
    }
}
