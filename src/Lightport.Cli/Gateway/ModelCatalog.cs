namespace Lightport.Cli.Gateway;

/// <summary>What clients may ask for, as <c>GET /v1/models</c> says it to OpenAI's clients.</summary>
internal sealed record ModelCatalog(IReadOnlyList<ModelEntry>? Data);

internal sealed record ModelEntry(string Id);
