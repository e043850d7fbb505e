using System.Runtime.CompilerServices;
using Lightport.Configuration;
using Lightport.Doors;
using Lightport.Exchanges;
using Lightport.Usage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Lightport.McpDoor;

/// <summary>
/// Answers a message as the protocol has it. What that is, the SDK knows: each message gets a server of its own, which
/// ends with the answer, and with the client's connection all that it has begun.
/// </summary>
internal sealed class McpServing(
    ToolShelf tools,
    ResourceShelf resources,
    PromptShelf prompts,
    CompletionDesk completions,
    ListRequests lists,
    IGatewayConfigurationSource configuration,
    TimeProvider clock,
    ILogger<McpServing> logger)
{
    private const string Instructions =
        "An LLM gateway. list_models names the models that you may ask, ask_model asks one, explain_route says where a "
        + "request would go, read_usage sums up what you have used. Tools and prompts with __ in their name are those "
        + "of servers behind it: the server's label, then their own name. So are resources: lightport:, the server's "
        + "label, a slash, then their own address.";

    private static readonly Implementation Self = new()
    {
        Name = "lightport",
        Title = "Lightport",
        Version = GatewayHealth.Version,
    };

    public async ValueTask ServeAsync(Exchange exchange, JsonRpcMessage message, Journey journey)
    {
        HttpResponse response = exchange.Context.Response;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(exchange.Aborted);
        var call = new StrongBox<Task>(Task.CompletedTask);
        await using var transport = new StreamableHttpServerTransport { Stateless = true };
        await using McpServer server = McpServer.Create(transport, Options(exchange, journey, call));
        Task running = server.RunAsync(over.Token);
        try
        {
            BeginStream(exchange.Context);
            bool answered = await transport
                .HandlePostRequestAsync(message, response.Body, first => Tell(response, first), exchange.Aborted)
                .ConfigureAwait(false);
            if (!answered)
            {
                response.ContentType = null;
                response.StatusCode = StatusCodes.Status202Accepted;
            }
        }
        finally
        {
            await transport.DisposeAsync().ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            // The server waits for nobody, and what the call holds of limits is the exchange's.
            await call.Value!.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Resources and prompts are declared where a server behind the gateway may have them to tell.</summary>
    /// <param name="call">What the message asks for, where that holds something of the exchange's.</param>
    private McpServerOptions Options(Exchange exchange, Journey journey, StrongBox<Task> call)
    {
        IReadOnlyList<Mcp.McpServer> servers = configuration.Current.Mcp.Servers;
        bool hasResources = servers.Any(server => server.Federation.Resources);
        bool hasPrompts = servers.Any(server => server.Federation.Prompts);
        var handlers = new McpServerHandlers
        {
            ListToolsHandler = (request, token) =>
                ListAsync(call, exchange, () => tools.ListAsync(exchange, request.Params, token)),
            CallToolHandler = (request, token) =>
                Track(call, () => CallAsync(exchange, journey, request, token)),
        };
        if (hasResources)
        {
            handlers.ListResourcesHandler = (request, token) =>
                ListAsync(call, exchange, () => resources.ListAsync(exchange, request.Params, token));
            handlers.ListResourceTemplatesHandler = (request, token) =>
                ListAsync(call, exchange, () => resources.ListTemplatesAsync(exchange, request.Params, token));
            handlers.ReadResourceHandler = (request, token) =>
                Track(call, () => GuardAsync(exchange, () => resources.ReadAsync(exchange, request.Params, token)));
        }

        if (hasPrompts)
        {
            handlers.ListPromptsHandler = (request, token) =>
                ListAsync(call, exchange, () => prompts.ListAsync(exchange, request.Params, token));
            handlers.GetPromptHandler = (request, token) =>
                Track(call, () => GuardAsync(exchange, () => prompts.GetAsync(exchange, request.Params, token)));
        }

        if (hasResources || hasPrompts)
        {
            handlers.CompleteHandler = (request, token) => Track(
                call, () => GuardAsync(exchange, () => completions.CompleteAsync(exchange, request.Params, token)));
        }

        return new McpServerOptions
        {
            ServerInfo = Self,
            ServerInstructions = Instructions,
            ScopeRequests = false,
            Capabilities = new()
            {
                Tools = new(),
                Resources = hasResources ? new() : null,
                Prompts = hasPrompts ? new() : null,
                Completions = hasResources || hasPrompts ? new() : null,
            },
            Handlers = handlers,
        };
    }

    private ValueTask<T> ListAsync<T>(StrongBox<Task> call, Exchange exchange, Func<ValueTask<T>> list) =>
        Track(call, () => GuardAsync(exchange, () => lists.MakeAsync(exchange, list)));

    private static ValueTask<T> Track<T>(StrongBox<Task> call, Func<ValueTask<T>> make)
    {
        Task<T> made = make().AsTask();
        call.Value = made;
        return new(made);
    }

    /// <summary>What is a defect of the gateway's is told to nobody but its log.</summary>
    private async ValueTask<T> GuardAsync<T>(Exchange exchange, Func<ValueTask<T>> make)
    {
        try
        {
            return await make().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (McpProtocolException or OperationCanceledException))
        {
            GatewayLog.Crashed(logger, e, exchange.RequestId);
            throw new McpProtocolException("The gateway made a mistake.", McpErrorCode.InternalError);
        }
    }

    private async ValueTask<CallToolResult> CallAsync(
        Exchange exchange,
        Journey journey,
        RequestContext<CallToolRequestParams> request,
        CancellationToken cancellationToken)
    {
        ProgressTeller? progress = request.Params.ProgressToken is { } asked
            ? new ProgressTeller(request.Server, asked, clock)
            : null;
        try
        {
            return await GuardAsync(
                exchange,
                () => tools.CallAsync(exchange, journey, request.Params, progress, cancellationToken))
                .ConfigureAwait(false);
        }
        finally
        {
            await (progress?.EndAsync() ?? Task.CompletedTask).ConfigureAwait(false);
        }
    }

    private static void BeginStream(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache, no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    /// <summary>Some errors have a status of their own, where nothing has been sent before.</summary>
    private static ValueTask Tell(HttpResponse response, JsonRpcMessage? first)
    {
        if (first is JsonRpcError { Error: { } error } && !response.HasStarted)
        {
            response.StatusCode = (McpErrorCode)error.Code switch
            {
                McpErrorCode.MethodNotFound => StatusCodes.Status404NotFound,
                McpErrorCode.MissingRequiredClientCapability or McpErrorCode.UnsupportedProtocolVersion
                    or McpErrorCode.HeaderMismatch => StatusCodes.Status400BadRequest,
                _ => response.StatusCode,
            };
        }

        return default;
    }
}
