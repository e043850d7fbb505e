using Lightport.Configuration;

namespace Lightport.Management;

/// <summary>Every mistake of a document, with its place.</summary>
internal sealed record InvalidConfigurationAnswer(InvalidConfigurationAnswer.Body Error)
{
    public static InvalidConfigurationAnswer Of(IReadOnlyList<ConfigurationError> errors) => new(new Body(
        $"The configuration has {errors.Count} mistake{(errors.Count == 1 ? "" : "s")}; nothing was changed.",
        "invalid_request_error",
        null,
        "invalid_configuration",
        [.. errors.Select(error => new Place(error.Line, error.Column, error.Message))]));

    internal sealed record Body(
        string Message,
        string Type,
        string? Param,
        string Code,
        IReadOnlyList<Place> Details);

    internal sealed record Place(int Line, int Column, string Message);
}
