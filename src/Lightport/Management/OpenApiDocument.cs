using Lightport.Providers;

namespace Lightport.Management;

/// <summary>The description of the management doors that tools read; a test holds it to the doors.</summary>
internal static class OpenApiDocument
{
    private const string Name = "management-openapi.json";

    public static ReadOnlyMemory<byte> Text => EmbeddedFile.Read(Name);

    public static ValueTask ReadAsync(ManagementCall call) => call.AnswerAsync(Text, "application/json");
}
