using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Anthropic.Messages;
using Lightport.Dialects.Google.Gemini;
using Lightport.Dialects.Google.Interactions;
using Lightport.Dialects.OpenAI.Chat;
using Lightport.Dialects.OpenAI.Responses;
using Lightport.Transport.Body;

namespace Lightport.Tests.Dialects;

/// <summary>Whose state a request brings back is read off its bytes, wherever its dialect puts it.</summary>
public sealed class RequestStatesTests
{
    private static readonly OpaqueState Foreign =
        new("other-v1", "data", Redacted: true) { Account = "house", Model = "big" };

    private static readonly string Envelope = Foreign.ToEnvelope();

    private static readonly string Base64 = GoogleGeminiSignature.Write(Foreign);

    public static TheoryData<string, string, string> Requests => new()
    {
        { "chat", """{"messages":[{"content":"signature"}]}""", "" },
        { "chat", """{"messages":[{"reasoning_details":[{"signature":"s"}]}]}""", "anthropic-claude-v1" },
        {
            "chat",
            """{"messages":[{"reasoning_details":[{"data":"d","format":"f","account":"a","model":"m"},{"text":"t"}]}]}""",
            "f by a/m"
        },
        {
            "chat",
            """{"messages":[{"tool_calls":[{"extra_content":{"google":{"thought_signature":"x"}}}]}]}""",
            "google-gemini-v1"
        },
        { "chat", """{"messages":[{"reasoning_details":[{"data":"","format":"none"}]}]}""", "" },
        { "messages", """{"messages":[{"content":[{"type":"thinking","signature":"x"}]}]}""", "anthropic-claude-v1" },
        { "messages", $$"""{"messages":[{"content":[{"signature":"{{Envelope}}"}]}]}""", "other-v1 by house/big" },
        { "messages", """{"messages":[{"content":[{"input":{"signature":"x"}}]}]}""", "" },
        { "messages", """{"messages":[{"content":[{"signature":""},{"signature":null}]}]}""", "" },
        { "responses", """{"input":[{"encrypted_content":"gAAA"},{"encrypted_content":"gBBB"}]}""", "openai-responses-v1" },
        { "responses", $$"""{"input":[{"encrypted_content":"{{Envelope}}.p.eA"}]}""", "other-v1 by house/big" },
        { "responses", """{"input":"encrypted_content"}""", "" },
        { "gemini", """{"contents":[{"parts":[{"thoughtSignature":"AAAA"}]}]}""", "google-gemini-v1" },
        { "gemini", $$"""{"contents":[{"parts":[{"thought_signature":"{{Base64}}"}]}]}""", "other-v1 by house/big" },
        { "interactions", """{"input":[{"type":"thought","signature":"AAAA"}]}""", "google-interactions-v1" },
        { "interactions", $$"""{"input":[{"type":"thought","signature":"{{Base64}}"}]}""", "other-v1 by house/big" },
        { "interactions", """{"input":[{"type":"function_call","arguments":{"signature":"x"}},{"signature":""}]}""", "" },
        { "interactions", """{"input":"signature"}""", "" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void Makers_AreThoseThatTheRequestNames(string dialect, string body, string makers)
    {
        JsonEnvelope envelope = JsonEnvelope.Read(System.Text.Encoding.UTF8.GetBytes(body));
        RequestStates states = dialect switch
        {
            "chat" => OpenAIChatStates.Of(envelope),
            "responses" => OpenAIResponsesStates.Of(envelope),
            "messages" => AnthropicMessagesStates.Of(envelope),
            "interactions" => GoogleInteractionsStates.Of(envelope),
            _ => GoogleGeminiStates.Of(envelope),
        };

        Assert.Equal(makers, string.Join(", ", states.Makers.Select(Words)));
    }

    private static string Words(OpaqueState maker) =>
        maker.Account is null && maker.Model is null ? maker.Format : $"{maker.Format} by {maker.Account}/{maker.Model}";
}
