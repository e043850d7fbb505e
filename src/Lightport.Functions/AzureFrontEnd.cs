namespace Lightport.Functions;

/// <summary>The load balancer in front of every function app.</summary>
public static class AzureFrontEnd
{
    /// <summary>
    /// It ends a response that has been without a byte for 230 s; the gateway says so itself in the last five of them.
    /// </summary>
    /// <seealso href="https://learn.microsoft.com/azure/azure-functions/functions-scale#timeout"/>
    public static GatewayHostLimits Limits { get; } = new() { FirstByte = TimeSpan.FromSeconds(225) };
}
