using Lightport.Conversation;

namespace Lightport.Routing;

/// <summary>What a client is told that asked for a model which nothing stands behind.</summary>
internal static class UnknownModel
{
    private const int LongestShown = 100;

    public static GatewayError Error(RoutingTable table, in RouteQuestion question)
    {
        IEnumerable<string> names = question.MayUse is { } mayUse ? table.ModelNames.Where(mayUse) : table.ModelNames;
        string near = string.Join(", ", NearNames.Find(question.Model, names));
        string advice = (near.Length, table.Direct) switch
        {
            ( > 0, _) => $"Near names: {near}.",
            (_, true) when AbsentProvider(table, question.Model) is { } absent => absent,
            (_, true) => $"GET /v1/models lists the models; any other is asked for as provider/model, "
                + $"with one of the providers {Some(table.Providers.Keys)}.",
            _ => "GET /v1/models lists the models.",
        };
        return new GatewayError(
            ErrorStage.Routing,
            ErrorKind.NotFound,
            404,
            $"The model '{Shown(question.Model)}' is not configured here. {advice}")
        {
            Code = "model_not_found",
            Param = "model",
        };
    }

    /// <summary>The header names no provider, and no entry under <c>models</c> has the model.</summary>
    public static GatewayError ProviderError(RoutingTable table, string provider) => new(
        ErrorStage.Routing,
        ErrorKind.NotFound,
        404,
        $"x-lightport-provider names '{Shown(provider)}', which is not configured here"
        + (table.Absent?.Advice(provider) is { } advice
            ? $". {advice}"
            : $"; the providers are {Some(table.Providers.Keys)}."))
    {
        Code = "model_not_found",
        Param = "x-lightport-provider",
    };

    private static string? AbsentProvider(RoutingTable table, string model)
    {
        string provider = model.Split('/', 2) is [var first, _] ? first : "";
        return table.Providers.ContainsKey(provider) ? null : table.Absent?.Advice(provider);
    }

    private static string Some(IEnumerable<string> names)
    {
        string[] first = [.. names.Take(9)];
        return first.Length <= 8 ? string.Join(", ", first) : string.Join(", ", first.Take(8)) + " …";
    }

    private static string Shown(string name) => name.Length <= LongestShown ? name : name[..LongestShown] + "…";
}
