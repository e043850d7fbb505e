using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;

namespace Lightport.Strangers.PathChat;

/// <summary>A request's body, read and written.</summary>
internal static class PathChatRequest
{
    public static ChatRequest Decode(JsonNode body, string model, bool stream) => new()
    {
        Model = model,
        Dialect = PathChatDialect.Id,
        Stream = stream,
        IncludeUsage = true,
        Messages = [.. (body["turns"]?.AsArray() ?? throw GatewayException.BadRequest("There are no turns.", "turns"))
            .Select(turn => Turn(turn!))],
        Tools = [.. (body["tools"]?.AsArray() ?? []).Select(tool => new ToolDefinition((string)tool!["name"]!)
        {
            Description = (string?)tool["about"],
            Parameters = JsonSerializer.SerializeToElement(tool["schema"]),
        })],
        Options = new GenerationOptions
        {
            MaxOutputTokens = (int?)body["limit"],
            Temperature = (double?)body["heat"],
            Seed = (long?)body["dice"],
        },
    };

    public static JsonObject Encode(ChatRequest request, LossLedger losses)
    {
        var body = new JsonObject { ["turns"] = new JsonArray([.. request.Messages.Select(Turn)]) };
        if (request.Tools.Count > 0)
        {
            body["tools"] = new JsonArray([.. request.Tools.Select(tool => new JsonObject
            {
                ["name"] = tool.Name,
                ["about"] = tool.Description,
                ["schema"] = tool.Parameters is { } schema ? JsonNode.Parse(schema.GetRawText()) : null,
            })]);
        }

        if (request.Options.MaxOutputTokens is { } limit)
        {
            body["limit"] = limit;
        }

        if (request.Options.Temperature is { } heat)
        {
            body["heat"] = heat;
        }

        if (request.Options.Seed is not null)
        {
            losses.Drop("seed");
        }

        if (request.Options.ResponseFormat is not null)
        {
            losses.Reject("response_format");
        }

        return body;
    }

    private static Message Turn(JsonNode turn)
    {
        Role role = (string?)turn["who"] switch
        {
            "rules" => Role.System,
            "machine" => Role.Assistant,
            "tool" => Role.Tool,
            _ => Role.User,
        };
        string? say = (string?)turn["say"];
        if (role == Role.Tool)
        {
            return new Message(role, [new ToolResultPart((string)turn["of"]!, [new TextPart(say ?? "")])]);
        }

        IEnumerable<ContentPart> calls = (turn["calls"]?.AsArray() ?? []).Select(call => PathChatWire.Call(call!));
        return new Message(role, [.. Text(say), .. calls]);
    }

    private static ContentPart[] Text(string? say) => say is null ? [] : [new TextPart(say)];

    private static JsonObject Turn(Message message)
    {
        var turn = new JsonObject
        {
            ["who"] = message.Role switch
            {
                Role.Assistant => "machine",
                Role.Tool => "tool",
                Role.User => "human",
                _ => "rules",
            },
        };
        foreach (ToolResultPart result in message.Parts.OfType<ToolResultPart>())
        {
            turn["of"] = result.CallId;
            turn["say"] = string.Concat(result.Parts.OfType<TextPart>().Select(part => part.Text));
        }

        if (message.Parts.OfType<TextPart>().Any())
        {
            turn["say"] = string.Concat(message.Parts.OfType<TextPart>().Select(part => part.Text));
        }

        if (message.Parts.OfType<ToolCallPart>().Any())
        {
            turn["calls"] = new JsonArray([.. message.Parts.OfType<ToolCallPart>().Select(PathChatWire.Call)]);
        }

        return turn;
    }
}
