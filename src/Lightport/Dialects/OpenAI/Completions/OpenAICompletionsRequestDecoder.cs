using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.OpenAI.Chat;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Completions;

/// <summary>Reads a prompt as a conversation of one turn, and refuses what only a completion model can do.</summary>
internal static class OpenAICompletionsRequestDecoder
{
    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        "model", "prompt", "suffix", "best_of", "echo", "logprobs", "max_tokens", "temperature", "top_p", "top_k",
        "frequency_penalty", "presence_penalty", "seed", "stop", "n", "logit_bias", "user", "stream", "stream_options");

    /// <param name="model">The model as the client asked for it, in the body or elsewhere.</param>
    public static ChatRequest Decode(JsonEnvelope body, string model, CancellationToken cancellationToken)
    {
        var fields = RequestFields.Of(body, cancellationToken);
        JsonElement root = fields.Root;
        Refuse(fields, "suffix", fields.Text(root, "suffix") is { Length: > 0 });
        Refuse(fields, "echo", fields.Boolean(root, "echo") == true);
        Refuse(fields, "best_of", fields.Integer(root, "best_of", 0) > 1);
        Refuse(fields, "logprobs", fields.Find(root, "logprobs") is { ValueKind: not JsonValueKind.False });
        return new ChatRequest
        {
            Model = model,
            Dialect = DialectIds.OpenAICompletions,
            Messages = [new Message(Role.User, [new TextPart(Prompt(fields))])],
            Options = Options(fields),
            Stream = JsonBody.Stream(body),
            IncludeUsage = fields.Object(root, "stream_options") is { } options
                && (fields.Boolean(options, "include_usage") ?? false),
            Extensions = [.. fields.Others(root, Known), .. OpenAIChatLeftovers.OfStream(fields)],
        };
    }

    private static string Prompt(RequestFields fields)
    {
        JsonElement prompt = fields.Required(fields.Root, "prompt");
        if (prompt.ValueKind == JsonValueKind.String)
        {
            return prompt.Text();
        }

        JsonElement[] prompts = [.. fields.Items(fields.Root, "prompt")];
        return prompts switch
        {
            [{ ValueKind: JsonValueKind.String } only] => only.Text(),
            [{ ValueKind: JsonValueKind.Number or JsonValueKind.Array }, ..] =>
                throw fields.Wrong(prompt, "must be text: this model has no completions of its own that take tokens"),
            [_, _, ..] =>
                throw fields.Wrong(prompt, "must be one prompt for this model: send one request for each"),
            _ => throw fields.Wrong(prompt, "must be a string or an array of one string"),
        };
    }

    private static GenerationOptions Options(RequestFields fields)
    {
        JsonElement root = fields.Root;
        return new GenerationOptions
        {
            MaxOutputTokens = fields.Integer(root, "max_tokens", 1),
            Temperature = fields.Number(root, "temperature"),
            TopP = fields.Number(root, "top_p"),
            TopK = OpenAIChatOptionsDecoder.TopK(fields),
            FrequencyPenalty = fields.Number(root, "frequency_penalty"),
            PresencePenalty = fields.Number(root, "presence_penalty"),
            Seed = fields.Long(root, "seed"),
            Stop = fields.Find(root, "stop") is { ValueKind: JsonValueKind.String } one
                ? [one.Text()]
                : fields.Texts(root, "stop"),
            ChoiceCount = fields.Integer(root, "n", 1),
            LogitBias = fields.Object(root, "logit_bias"),
            User = fields.Text(root, "user"),
        };
    }

    private static void Refuse(RequestFields fields, string field, bool isAsked)
    {
        if (isAsked)
        {
            throw GatewayException.BadRequest(
                $"'{field}' cannot be carried: this model has no completions of its own. "
                + "Leave it out, or choose a model that has.",
                field,
                "unsupported_parameter");
        }
    }
}
