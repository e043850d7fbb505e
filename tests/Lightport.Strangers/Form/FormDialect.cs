using Lightport.Dialects;

namespace Lightport.Strangers.Form;

/// <summary>Speech in somebody's voice: a form with a sample goes in, sound comes out.</summary>
internal static class FormDialect
{
    public const string Id = "form-speech";

    public static DialectOperation Speech { get; } = new(Id, Operation.Speech)
    {
        Served = new FormServed(),
        Passed = new FormPassed(),
    };

    public static GatewayEndpoint Door { get; } =
        new("StrangeSpeech", "POST", "/strange/speech", EndpointKind.Inference)
        {
            Dialect = Id,
            Operation = Operation.Speech,
        };

    /// <summary>What a host would have in a file of its own.</summary>
    public static ReadOnlyMemory<byte> Provider { get; } = """
        {
          "id": "form", "name": "Form", "source": "https://form.example/docs",
          "base-url": "https://form.example",
          "auth": { "scheme": "bearer", "key": "FORM_KEY" },
          "endpoints": { "form-speech": "/speak" }
        }
        """u8.ToArray();
}
