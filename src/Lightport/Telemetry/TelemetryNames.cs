namespace Lightport.Telemetry;

/// <summary>
/// Every name that traces and metrics have. Those that begin with <c>gen_ai.</c> are OpenTelemetry's conventions for
/// generative AI as of commit 004902b8cb70aa5ae6ca4ae07132b7daabcd3e10, read on 2026-11-30
/// (<c>model/gen-ai/metrics.yaml</c> and <c>spans.yaml</c>): what changes there changes here and nowhere else.
/// </summary>
/// <seealso href="https://github.com/open-telemetry/semantic-conventions-genai"/>
internal static class TelemetryNames
{
    public const string OperationName = "gen_ai.operation.name";
    public const string ProviderName = "gen_ai.provider.name";
    public const string RequestModel = "gen_ai.request.model";
    public const string RequestStream = "gen_ai.request.stream";
    public const string ResponseModel = "gen_ai.response.model";
    public const string ResponseId = "gen_ai.response.id";
    public const string FinishReasons = "gen_ai.response.finish_reasons";
    public const string ResponseFirstChunk = "gen_ai.response.time_to_first_chunk";
    public const string InputTokens = "gen_ai.usage.input_tokens";
    public const string OutputTokens = "gen_ai.usage.output_tokens";
    public const string CacheReadTokens = "gen_ai.usage.cache_read.input_tokens";
    public const string CacheWriteTokens = "gen_ai.usage.cache_creation.input_tokens";
    public const string ReasoningTokens = "gen_ai.usage.reasoning.output_tokens";
    public const string TokenType = "gen_ai.token.type";
    public const string TokenTypeInput = "input";
    public const string TokenTypeOutput = "output";

    public const string Chat = "chat";
    public const string Embeddings = "embeddings";
    public const string TextCompletion = "text_completion";

    /// <summary>No value of the conventions', which have none for it.</summary>
    public const string CountTokens = "count_tokens";

    public const string ServerRequestDuration = "gen_ai.server.request.duration";
    public const string ServerFirstToken = "gen_ai.server.time_to_first_token";
    public const string ServerPerOutputToken = "gen_ai.server.time_per_output_token";
    public const string ClientOperationDuration = "gen_ai.client.operation.duration";
    public const string ClientFirstChunk = "gen_ai.client.operation.time_to_first_chunk";
    public const string ClientPerOutputChunk = "gen_ai.client.operation.time_per_output_chunk";
    public const string ClientTokenUsage = "gen_ai.client.token.usage";

    /// <summary>Of the conventions for MCP, which stand beside those for generative AI, as these three.</summary>
    public const string McpClientOperationDuration = "mcp.client.operation.duration";
    public const string McpMethod = "mcp.method.name";
    public const string McpCallTool = "tools/call";
    public const string ToolName = "gen_ai.tool.name";
    public const string ExecuteTool = "execute_tool";

    /// <summary>Of OpenTelemetry's general conventions, as these four.</summary>
    public const string ErrorType = "error.type";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string StatusCode = "http.response.status_code";

    public const string McpServer = "lightport.mcp.server";
    public const string Door = "lightport.door";
    public const string Provider = "lightport.provider";
    public const string Account = "lightport.account";
    public const string Attempt = "lightport.attempt";
    public const string Hedge = "lightport.hedge";
    public const string Rule = "lightport.rule";
    public const string FailedRules = "lightport.rules.failed";
    public const string Tag = "lightport.tag";
    public const string PassedOver = "lightport.passed_over";
    public const string AnswerDropped = "lightport.answer.dropped";
    public const string CostDollars = "lightport.cost.usd";
    public const string CostUnpriced = "lightport.cost.unpriced";
    public const string CostVersion = "lightport.cost.version";
    public const string TokenClass = "lightport.token.class";
    public const string Limit = "lightport.limit";
    public const string LimitOutcome = "lightport.limit.outcome";
    public const string Queue = "lightport.queue";
    public const string Store = "lightport.store";

    public const string Requests = "lightport.requests";
    public const string Cost = "lightport.cost";
    public const string Unpriced = "lightport.calls.unpriced";
    public const string Tokens = "lightport.tokens";
    public const string TargetBreaker = "lightport.target.breaker";
    public const string RetriesRefused = "lightport.retries.refused";
    public const string ShadowSent = "lightport.shadow.sent";
    public const string ShadowFailed = "lightport.shadow.failed";
    public const string ShadowSkipped = "lightport.shadow.skipped";
    public const string Limits = "lightport.limits";
    public const string QueueLength = "lightport.queue.length";
    public const string AuditLost = "lightport.audit.lost";
    public const string StoreUp = "lightport.store.up";

    /// <summary>What the conventions call that which is asked for at a door.</summary>
    public static string OperationAt(string endpoint) => endpoint switch
    {
        "Embeddings" => Embeddings,
        "Completions" => TextCompletion,
        "CountTokens" or "InputTokens" or "GeminiCountTokens" or "GeminiCountTokensBeta" => CountTokens,
        _ => Chat,
    };

    /// <summary>
    /// The conventions' own word for a provider, which must be used where there is one; else its id in the catalog.
    /// </summary>
    /// <param name="id">A provider's id in the catalog.</param>
    public static string? ProviderOf(string? id) => id switch
    {
        "bedrock" or "bedrock-mantle" => "aws.bedrock",
        "azure-openai" or "azure-openai-dated" => "azure.ai.openai",
        "azure-ai" => "azure.ai.inference",
        "google" => "gcp.gemini",
        "vertex-ai" or "vertex-ai-express" => "gcp.vertex_ai",
        "mistral-ai" => "mistral_ai",
        "moonshot" or "moonshot-cn" => "moonshot_ai",
        "perplexity-ai" => "perplexity",
        "x-ai" => "x_ai",
        _ => id,
    };
}
