using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Lightport.Infra.Tests.Containers;

/// <summary>The examples of deploy/ set what exists, hold no secret, and give a stop the time that it needs.</summary>
public sealed class ExampleTests
{
    private const string Drain = "LIGHTPORT_DRAIN";

    private static YamlNode Compose { get; } = Yaml.Load("deploy/compose.yaml").At("services", "lightport")!;

    private static YamlMappingNode Deployment { get; } = Yaml.Load("deploy/kubernetes/deployment.yaml");

    private static YamlNode Pod => Deployment.At("spec", "template", "spec")!;

    private static YamlNode Container => Assert.Single(Pod.Items("containers"));

    private static YamlMappingNode Secret { get; } = Yaml.Load("deploy/kubernetes/secret.example.yaml");

    /// <summary>What the pod's environment is given as a value.</summary>
    private static Dictionary<string, string> Environment => Container.Items("env")
        .ToDictionary(variable => variable.Text("name")!, variable => variable.Text("value")!);

    [Fact]
    public void Settings_AreKnown() => Rule.Holds(
        "An example sets what nothing reads:",
        Compose.Keys("environment").Concat(Environment.Keys).Concat(Secret.Keys("stringData"))
            .Where(name => !Settings.Known.Contains(name)));

    [Fact]
    public void Secrets_HaveNoValues()
    {
        Assert.All(Secret.Entries("stringData"), entry => Assert.Equal("", entry.Value.ToString()));
        Assert.All(
            Compose.Entries("environment").Where(entry => entry.Key.EndsWith("_KEY", StringComparison.Ordinal)),
            entry => Assert.Equal($"${{{entry.Key}:-}}", entry.Value.ToString()));
        Assert.DoesNotContain(Environment.Keys, name => name.EndsWith("_KEY", StringComparison.Ordinal));
    }

    [Fact]
    public void Stop_IsGivenLongerThanTheDrain()
    {
        int pause = Number(Container.Text("lifecycle", "preStop", "sleep", "seconds")!);

        Assert.True(Number(Compose.Text("stop_grace_period")!) > Number(Compose.Text("environment", Drain)!));
        Assert.True(Number(Pod.Text("terminationGracePeriodSeconds")!) > pause + Number(Environment[Drain]));
    }

    /// <summary>Readiness is not liveness: a gateway that drains is not to be killed.</summary>
    [Fact]
    public void Probes_AskTheRightDoors()
    {
        Assert.Equal("/health/live", Container.Text("startupProbe", "httpGet", "path"));
        Assert.Equal("/health/live", Container.Text("livenessProbe", "httpGet", "path"));
        Assert.Equal("/health", Container.Text("readinessProbe", "httpGet", "path"));
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health")]
    public void Probes_AskDoorsThatServerHas(string path) => Assert.Contains(
        Repository.Files("src/Lightport", "*.cs").Concat(Repository.Files("src/Lightport.Server", "*.cs")),
        file => Repository.Read(file).Contains($"\"{path}\"", StringComparison.Ordinal));

    [Fact]
    public void Pod_MayNothing()
    {
        Assert.Equal("true", Pod.Text("securityContext", "runAsNonRoot"));
        Assert.Equal("RuntimeDefault", Pod.Text("securityContext", "seccompProfile", "type"));
        Assert.Equal("false", Pod.Text("automountServiceAccountToken"));
        Assert.Equal("false", Container.Text("securityContext", "allowPrivilegeEscalation"));
        Assert.Equal("true", Container.Text("securityContext", "readOnlyRootFilesystem"));
        Assert.Equal("ALL", Assert.Single(Container.Items("securityContext", "capabilities", "drop")).ToString());
    }

    [Fact]
    public void Mounts_AndVolumes_AreTheSame()
    {
        Assert.Equal(
            Pod.Items("volumes").Select(volume => volume.Text("name")).Order(),
            Container.Items("volumeMounts").Select(mount => mount.Text("name")).Order());
        Assert.Contains(Container.Items("volumeMounts"), mount =>
            Environment["LIGHTPORT_CONFIG"].StartsWith(mount.Text("mountPath")! + "/", StringComparison.Ordinal));
    }

    [Fact]
    public void Objects_BelongTogether()
    {
        string label = Deployment.Text("spec", "template", "metadata", "labels", "app.kubernetes.io/name")!;
        YamlMappingNode service = Yaml.Load("deploy/kubernetes/service.yaml");
        YamlMappingNode budget = Yaml.Load("deploy/kubernetes/poddisruptionbudget.yaml");
        YamlMappingNode map = Yaml.Load("deploy/kubernetes/configmap.yaml");

        Assert.Equal(label, service.Text("spec", "selector", "app.kubernetes.io/name"));
        Assert.Equal(label, budget.Text("spec", "selector", "matchLabels", "app.kubernetes.io/name"));
        Assert.Equal(
            map.Text("metadata", "name"),
            Pod.Items("volumes").Select(volume => volume.Text("configMap", "name")).OfType<string>().Single());
        Assert.Contains(map.Keys("data"), key =>
            Environment["LIGHTPORT_CONFIG"].EndsWith("/" + key, StringComparison.Ordinal));
        Assert.Equal(
            Secret.Text("metadata", "name"),
            Assert.Single(Container.Items("envFrom")).Text("secretRef", "name"));
    }

    [Fact]
    public void Files_ThatComposeMounts_AreThere() => Rule.Holds(
        "Mounted and not there:",
        from mount in Compose.Items("volumes").Select(volume => volume.ToString().Split(':')[0])
        where mount.StartsWith("./", StringComparison.Ordinal) && !Repository.Has($"deploy/{mount}")
        select mount);

    /// <summary>Both examples start with the same configuration.</summary>
    [Fact]
    public void Configuration_IsTheSameInBothExamples()
    {
        string map = Yaml.Load("deploy/kubernetes/configmap.yaml").Text("data", "lightport.yaml")!;
        IEnumerable<string> file = Repository.Read("deploy/lightport.yaml").Split('\n')
            .Where(line => !line.StartsWith('#'));

        Assert.Equal(string.Join('\n', file).Trim(), map.Trim());
    }

    private static int Number(string seconds) => int.Parse(seconds.TrimEnd('s'), CultureInfo.InvariantCulture);
}
