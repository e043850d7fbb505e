using Lightport.Tests.Architecture;
using Lightport.Tests.Exchanges;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Examples;

/// <summary>A gateway with an example's own configuration, whole.</summary>
internal static class ExampleGateway
{
    /// <param name="configure">What a host adds to the gateway.</param>
    public static TestGateway Open(string example, Action<IServiceCollection>? configure = null) => new(
        models: "",
        document: Repository.Read($"examples/{example}/lightport.yaml"),
        configure: configure,
        settings: new() { ["LIGHTPORT_CONTEXT"] = Path.Combine(Repository.Root, "examples", example) });

    /// <summary>A chat with the example's model, as a client sends it.</summary>
    /// <param name="key">The client's; null where none is asked for.</param>
    public static Task<ClientCall> AskAsync(
        this TestGateway gateway, string? key = null, string? session = null, string request = Wires.Chat)
    {
        var headers = new Dictionary<string, string>();
        if (key is not null)
        {
            headers["Authorization"] = $"Bearer {key}";
        }

        if (session is not null)
        {
            headers["x-lightport-session"] = session;
        }

        return gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("assistant", request), headers);
    }

    /// <summary>The next call is answered well, in OpenAI's words.</summary>
    public static TestGateway Answers(this TestGateway gateway)
    {
        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        return gateway;
    }
}
